package dev.weir.monitor;

import java.time.Duration;
import java.util.List;

/** The rules that every pool is judged by unless it is told otherwise. */
public final class BuiltInRules {

    private BuiltInRules() {}

    /** All of them. */
    public static List<AlertRule> all() {
        return List.of(
                queueHalfFull(),
                rejecting(),
                slowAcquire(0.5),
                saturated(Duration.ofSeconds(10)),
                connectFailures(3),
                leakCertain(),
                belowMin(Duration.ofSeconds(10)),
                budgetUsed(80),
                budgetUsed(90),
                budgetUsed(100),
                memoryGrowing(5),
                historyFull());
    }

    /** {@code queue-half-full}: half the places of the queue are taken. */
    public static AlertRule queueHalfFull() {
        return new AlertRule(
                "queue-half-full",
                sample -> sample.maxWaiters() == 0 ? 0 : (double) sample.waiting() / sample.maxWaiters(),
                0.5,
                0.25,
                Duration.ZERO,
                Duration.ofSeconds(5),
                "the queue is at least half full");
    }

    /** {@code rejecting}: requests were turned away; cleared after 30 s without. */
    public static AlertRule rejecting() {
        return new AlertRule(
                "rejecting",
                PoolSample::rejected,
                1,
                0,
                Duration.ZERO,
                Duration.ofSeconds(30),
                "requests are turned away because of the queue");
    }

    /** {@code slow-acquire}: for 5 s, one request in a hundred waited longer than this share of the acquire timeout. */
    public static AlertRule slowAcquire(double shareOfTimeout) {
        return new AlertRule(
                "slow-acquire",
                sample -> (double) sample.p99WaitNanos() / sample.acquireTimeoutNanos(),
                shareOfTimeout,
                shareOfTimeout / 2,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                "the 99th percentile of waits is near the acquire timeout");
    }

    /** {@code saturated}: every connection the pool may have is lent, for so long. */
    public static AlertRule saturated(Duration during) {
        return new AlertRule(
                "saturated",
                sample -> (double) sample.leased() / sample.max(),
                1,
                0.9,
                during,
                Duration.ofSeconds(5),
                "every connection is lent");
    }

    /** {@code connect-failures}: so many attempts to connect failed in a row; cleared by a success. */
    public static AlertRule connectFailures(int inARow) {
        return new AlertRule(
                "connect-failures",
                PoolSample::connectFailuresInARow,
                inARow,
                0,
                Duration.ZERO,
                Duration.ZERO,
                "connecting fails again and again");
    }

    /** {@code leak-certain}: a lease is certainly lost; cleared when it returns or is forgotten. */
    public static AlertRule leakCertain() {
        return new AlertRule(
                "leak-certain",
                PoolSample::certainLeaks,
                1,
                0,
                Duration.ZERO,
                Duration.ZERO,
                "connections were borrowed and can never be returned");
    }

    /** {@code below-min}: for so long, a serving pool has fewer connections than its minimum. */
    public static AlertRule belowMin(Duration during) {
        return new AlertRule(
                "below-min",
                sample -> sample.serving() ? Math.max(0, sample.min() - sample.idle() - sample.leased()) : 0,
                1,
                0,
                during,
                Duration.ZERO,
                "the pool has fewer connections than its minimum");
    }

    /**
     * {@code memory-growing}: the least that the pool's connections held in a minute has grown so many minutes in a row; cleared by a
     * minute in which it did not.
     */
    public static AlertRule memoryGrowing(int minutes) {
        return new AlertRule(
                "memory-growing",
                PoolSample::growingFor,
                minutes,
                0,
                Duration.ZERO,
                Duration.ZERO,
                "the memory of the pool's connections grows, minute after minute");
    }

    /** {@code history-full}: a history of the pool has reached its bound and forgets; cleared after 5 minutes in which none did. */
    public static AlertRule historyFull() {
        return new AlertRule(
                "history-full",
                PoolSample::historyDropped,
                1,
                0,
                Duration.ZERO,
                Duration.ofMinutes(5),
                "a history has reached its bound and forgets what is oldest");
    }

    /** {@code budget-NN}: so much of the memory budget is granted; cleared five percent below. */
    public static AlertRule budgetUsed(int percent) {
        return new AlertRule(
                "budget-" + percent,
                sample -> sample.budgetUsed() * 100,
                percent,
                percent - 5,
                Duration.ZERO,
                Duration.ofSeconds(5),
                "the memory budget is " + percent + " % used");
    }
}
