package dev.weir.monitor;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.LeakVerdict;
import dev.weir.event.PoolEvent;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What one pool remembers of itself: samples, scaling decisions, alerts and leaks, none ever above the bounds below.
 * Thread-safe. It listens to nothing itself: hand it events and snapshots, or let a {@link Monitor} do so.
 */
public final class PoolHistories {

    /** Samples kept at most. */
    public static final int MAX_SAMPLES = 200;
    /** Scaling decisions kept at most. */
    public static final int MAX_SCALINGS = 50;
    /** Alerts raised or cleared that are kept at most. */
    public static final int MAX_ALERTS = 50;
    /** Leaks kept at most. */
    public static final int MAX_LEAKS = 50;
    /** The age at which samples are forgotten while the pool sleeps. */
    public static final Duration SAMPLE_AGE = Duration.ofMinutes(5);
    /** The age at which a leak is forgotten. */
    public static final Duration LEAK_AGE = Duration.ofMinutes(30);
    /** Bytes of each history except that of leaks, at most. */
    public static final long MAX_BYTES = 64 * 1024;
    /** Bytes of the history of leaks at most: they carry stacks. */
    public static final long MAX_LEAK_BYTES = 256 * 1024;
    /** Bytes of all histories of a pool together, at most. */
    public static final long MAX_TOTAL_BYTES = 3 * MAX_BYTES + MAX_LEAK_BYTES;

    private final String pool;
    private final Alerts alerts;
    private final ReentrantLock sampling = new ReentrantLock();
    private final Sampler sampler;
    /** What the pool had done by the newest sample, if it was at rest then; guarded by {@code sampling}. */
    private PoolSnapshot.@Nullable Totals restingSince;

    private final BoundedHistory<PoolSample> samples = new BoundedHistory<>(MAX_SAMPLES, MAX_BYTES, Weights::of);
    private final BoundedHistory<PoolEvent.Scaled> scalings =
            new BoundedHistory<>(MAX_SCALINGS, MAX_BYTES, Weights::of);
    private final BoundedHistory<PoolEvent> alertEvents = new BoundedHistory<>(MAX_ALERTS, MAX_BYTES, Weights::ofAlert);
    private final BoundedHistory<PoolEvent.LeakDetected> leaks =
            new BoundedHistory<>(MAX_LEAKS, MAX_LEAK_BYTES, Weights::of);

    /**
     * Empty histories of one pool.
     *
     * @param rules what its samples are judged by
     * @param events where alerts are published
     * @param budget whose use the samples tell
     */
    public PoolHistories(String pool, List<AlertRule> rules, EventStream events, MemoryBudget budget) {
        this.pool = pool;
        this.alerts = new Alerts(pool, rules, events);
        this.sampler = new Sampler(budget);
    }

    /** The pool's name. */
    public String pool() {
        return pool;
    }

    /** Remembers an event of this pool; others are ignored. */
    public void accept(PoolEvent event) {
        if (!event.pool().equals(pool)) {
            return;
        }
        if (event instanceof PoolEvent.Scaled scaled) {
            scalings.add(scaled);
        } else if (event instanceof PoolEvent.AlertRaised || event instanceof PoolEvent.AlertCleared) {
            alertEvents.add(event);
        } else if (event instanceof PoolEvent.LeakDetected leak && leak.verdict() != LeakVerdict.SLOW) {
            leaks.forget(known -> sameLease(known, leak));
            leaks.add(leak);
        } else if (event instanceof PoolEvent.LeakReturned back) {
            leaks.forget(known -> known.slot() == back.slot());
        }
    }

    /**
     * Takes a sample, forgets old leaks and judges. While a pool without connections is asked for none, a sample takes the place
     * of the one before, and samples older than {@link #SAMPLE_AGE} go: what has happened long ago is not kept for pools that
     * sleep. Times must not run backwards.
     */
    public void sample(long nanos, PoolSnapshot snapshot, PoolSettings settings) {
        sample(nanos, snapshot, settings, 0);
    }

    /** The same, with what the connections hold as far as they were weighed; 0 where none was. */
    void sample(long nanos, PoolSnapshot snapshot, PoolSettings settings, long weighedBytes) {
        PoolSample sample;
        sampling.lock();
        try {
            leaks.forget(leak -> nanos - leak.nanos() >= LEAK_AGE.toNanos());
            sample = sampler.sample(nanos, snapshot, settings, kept(weighedBytes));
            if (snapshot.totals().equals(restingSince)) {
                samples.replaceNewest(sample);
                if (samples.size() > 1) {
                    samples.forget(old -> nanos - old.nanos() >= SAMPLE_AGE.toNanos());
                }
            } else {
                samples.add(sample);
            }
            restingSince = snapshot.size() == 0 && snapshot.waiting() == 0 ? snapshot.totals() : null;
        } finally {
            sampling.unlock();
        }
        alerts.evaluate(sample);
    }

    /** Samples, oldest first. */
    public BoundedHistory<PoolSample> samples() {
        return samples;
    }

    /** Scaling decisions. */
    public BoundedHistory<PoolEvent.Scaled> scalings() {
        return scalings;
    }

    /** Alerts raised and cleared, as {@link PoolEvent.AlertRaised} and {@link PoolEvent.AlertCleared}. */
    public BoundedHistory<PoolEvent> alertEvents() {
        return alertEvents;
    }

    /** Leases reported as leaked that have not come back, each with its newest verdict. */
    public BoundedHistory<PoolEvent.LeakDetected> leaks() {
        return leaks;
    }

    /** Alerts that are open now. */
    public List<Alert> openAlerts() {
        return alerts.open();
    }

    /** Bytes of all four histories. */
    public long bytes() {
        return samples.bytes() + scalings.bytes() + alertEvents.bytes() + leaks.bytes();
    }

    /** Forgets everything. */
    public void clear() {
        samples.clear();
        scalings.clear();
        alertEvents.clear();
        leaks.clear();
        alerts.clear();
    }

    /** Whether an event of this kind has a place in the histories. */
    static boolean remembers(PoolEvent event) {
        return event instanceof PoolEvent.Scaled
                || event instanceof PoolEvent.AlertRaised
                || event instanceof PoolEvent.AlertCleared
                || event instanceof PoolEvent.LeakDetected
                || event instanceof PoolEvent.LeakReturned;
    }

    /** Whether nothing has ever happened in the pool. */
    static boolean isUntouched(PoolSnapshot snapshot) {
        PoolSnapshot.Totals totals = snapshot.totals();
        return snapshot.size() == 0
                && snapshot.waiting() == 0
                && totals.leases() == 0
                && totals.opened() == 0
                && totals.connectFailures() == 0
                && totals.rejected() == 0
                && totals.timedOut() == 0;
    }

    private Sampler.Kept kept(long weighedBytes) {
        return new Sampler.Kept(
                certainLeaks(),
                weighedBytes,
                scalings.dropped() + alertEvents.dropped(),
                leaks.size() >= leaks.maxEntries());
    }

    private int certainLeaks() {
        int certain = 0;
        for (PoolEvent.LeakDetected leak : leaks.snapshot()) {
            if (leak.verdict() == LeakVerdict.CERTAIN) {
                certain++;
            }
        }
        return certain;
    }

    /** Whether two reports tell of one lease: the same slot, borrowed at the same time as far as one can see. */
    private static boolean sameLease(PoolEvent.LeakDetected earlier, PoolEvent.LeakDetected later) {
        return earlier.slot() == later.slot() && later.held().toNanos() >= later.nanos() - earlier.nanos();
    }
}
