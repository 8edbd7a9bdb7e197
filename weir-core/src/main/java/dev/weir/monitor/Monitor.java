package dev.weir.monitor;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.SlotWeight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the histories of many pools with one listener and no thread: whoever looks after the pools calls
 * {@link #pass(long)} as often as it likes. Thread-safe. Holds as many histories as pools are watched.
 */
public final class Monitor implements AutoCloseable {

    /** A pool, and what is remembered of it once something is: nothing happens in most pools of a thousand tenants. */
    private final class Watched {

        final ManagedPool pool;
        final AtomicLong nextNanos;
        private final List<AlertRule> rules;
        private final AtomicReference<@Nullable PoolHistories> begun = new AtomicReference<>();

        Watched(ManagedPool pool, List<AlertRule> rules, long nanos) {
            this.pool = pool;
            this.rules = rules;
            this.nextNanos = new AtomicLong(nanos);
        }

        @Nullable PoolHistories begun() {
            return begun.get();
        }

        PoolHistories histories() {
            PoolHistories known = begun.get();
            if (known != null) {
                return known;
            }
            PoolHistories fresh = new PoolHistories(pool.name(), rules, events, budget);
            known = begun.compareAndExchange(null, fresh);
            return known == null ? fresh : known;
        }

        /** Those that were not weighed are taken to be as the others. */
        private long weighedBytes(PoolSnapshot snapshot) {
            long bytes = 0;
            int weighed = 0;
            for (SlotWeight one : pool.weights()) {
                if (one.weight().isKnown()) {
                    bytes += one.weight().totalBytes();
                    weighed++;
                }
            }
            return weighed == 0 ? 0 : bytes / weighed * (snapshot.idle() + snapshot.leased());
        }

        void sample(long nanos) {
            PoolSnapshot snapshot = pool.snapshot();
            if (begun.get() != null || !PoolHistories.isUntouched(snapshot)) {
                histories().sample(nanos, snapshot, pool.settings(), weighedBytes(snapshot));
            }
        }
    }

    private final EventStream events;
    private final MemoryBudget budget;
    private final long intervalNanos;
    private final EventStream.Subscription subscription;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();
    private final AtomicLong failures = new AtomicLong();

    /**
     * Starts to listen.
     *
     * @param interval the time from one sample of a pool to the next
     * @throws IllegalArgumentException if it is not positive
     */
    public Monitor(EventStream events, MemoryBudget budget, Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the interval is " + interval + ": use more than zero");
        }
        this.events = events;
        this.budget = budget;
        this.intervalNanos = interval.toNanos();
        this.subscription = events.subscribe(this::accept);
    }

    /**
     * Begins to remember a pool.
     *
     * @throws IllegalArgumentException if a pool of this name is watched already, or the rules are not fit for a pool
     */
    public void watch(ManagedPool pool, List<AlertRule> rules, long nanos) {
        Alerts.check(rules);
        if (watched.putIfAbsent(pool.name(), new Watched(pool, rules, nanos)) != null) {
            throw new IllegalArgumentException("a pool named " + pool.name() + " is watched already");
        }
    }

    /** Forgets a pool and clears what was remembered of it. */
    public void unwatch(String pool) {
        Watched one = watched.remove(pool);
        PoolHistories begun = one == null ? null : one.begun();
        if (begun != null) {
            begun.clear();
        }
    }

    /** What is remembered of a pool, or {@code null} if it is not watched. */
    public @Nullable PoolHistories histories(String pool) {
        Watched one = watched.get(pool);
        return one == null ? null : one.histories();
    }

    /** The same, but {@code null} also if nothing has happened in the pool: for those who go through all of them. */
    public @Nullable PoolHistories begunHistories(String pool) {
        Watched one = watched.get(pool);
        return one == null ? null : one.begun();
    }

    /** Samples the pools whose interval is over. A pool whose snapshot fails is counted and tried again next time. */
    public void pass(long nanos) {
        for (Watched one : watched.values()) {
            long next = one.nextNanos.get();
            if (nanos - next >= 0 && one.nextNanos.compareAndSet(next, nanos + intervalNanos)) {
                try {
                    one.sample(nanos);
                } catch (RuntimeException failure) {
                    failures.incrementAndGet();
                }
            }
        }
    }

    /** How often a pool's snapshot has failed. */
    public long failures() {
        return failures.get();
    }

    /** Stops to listen and forgets everything. */
    @Override
    public void close() {
        subscription.close();
        for (String pool : watched.keySet()) {
            unwatch(pool);
        }
    }

    private void accept(PoolEvent event) {
        Watched one = watched.get(event.pool());
        if (one != null && PoolHistories.remembers(event)) {
            one.histories().accept(event);
        }
    }
}
