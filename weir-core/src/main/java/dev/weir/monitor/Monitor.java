package dev.weir.monitor;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ManagedPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the histories of many pools with one listener and no thread: whoever looks after the pools calls
 * {@link #pass(long)} as often as it likes. Thread-safe. Holds as many histories as pools are watched.
 */
public final class Monitor implements AutoCloseable {

    private record Watched(ManagedPool pool, PoolHistories histories, AtomicLong nextNanos) {}

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
     * @throws IllegalArgumentException if a pool of this name is watched already
     */
    public PoolHistories watch(ManagedPool pool, List<AlertRule> rules, long nanos) {
        PoolHistories histories = new PoolHistories(pool.name(), rules, events, budget);
        Watched one = new Watched(pool, histories, new AtomicLong(nanos));
        if (watched.putIfAbsent(pool.name(), one) != null) {
            throw new IllegalArgumentException("a pool named " + pool.name() + " is watched already");
        }
        return histories;
    }

    /** Forgets a pool and clears what was remembered of it. */
    public void unwatch(String pool) {
        Watched one = watched.remove(pool);
        if (one != null) {
            one.histories().clear();
        }
    }

    /** What is remembered of a pool, or {@code null} if it is not watched. */
    public @Nullable PoolHistories histories(String pool) {
        Watched one = watched.get(pool);
        return one == null ? null : one.histories();
    }

    /** Samples the pools whose interval is over. A pool whose snapshot fails is counted and tried again next time. */
    public void pass(long nanos) {
        for (Watched one : watched.values()) {
            long next = one.nextNanos().get();
            if (nanos - next >= 0 && one.nextNanos().compareAndSet(next, nanos + intervalNanos)) {
                try {
                    one.histories()
                            .sample(nanos, one.pool().snapshot(), one.pool().settings());
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
        if (one != null) {
            one.histories().accept(event);
        }
    }
}
