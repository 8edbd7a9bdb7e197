package dev.weir.pool;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The settings of a pool: immutable, validated as a whole, swapped as a whole while the pool runs. Start from a
 * profile and change what differs:
 *
 * <pre>{@code
 * PoolSettings settings = PoolSettings.shared().toBuilder().max(8).idleTimeout(Duration.ofMinutes(5)).build();
 * }</pre>
 *
 * @param min connections kept open, refilled in the background
 * @param max connections never exceeded, those being opened or closed included
 * @param acquireTimeout how long a request may wait for a connection
 * @param createTimeout how long an attempt to connect may take before it is abandoned and replaced
 * @param destroyTimeout how long a polite close may take before the connection is aborted
 * @param checkTimeout how long a check may take before its connection counts as unusable
 * @param idleTimeout how long a connection beyond the minimum may rest before it is closed; zero: forever
 * @param maxLifetime how old a connection may become; zero: any age
 * @param lifetimeJitter the share of the lifetime by which connections retire earlier, each by its own draw, so that
 *     they do not all go at once; 0 to 0.5
 * @param checkAfterRest how long a connection may rest and still be lent without a check
 * @param healthCheckInterval how often a resting connection is checked in the background; zero: never
 * @param reapInterval how often the housekeeper closes what is old or idle
 * @param maxWaiters requests that may queue
 * @param queuePolicy what happens when more come
 * @param delayTarget the queueing delay that {@link QueuePolicy#DELAY_TARGET} tolerates
 * @param delayInterval how long the delay must stay above the target before that policy sheds
 * @param leakThreshold how long a lease may last before it is looked at as a leak; zero: no leak detection
 * @param leakStacks when a borrower's stack is kept
 * @param reclaimLeaks whether connections that are certainly lost are taken back
 * @param scaling how the size is chosen between min and max
 * @param scaleInterval how often {@link Scaling#ADAPTIVE} decides
 * @param failFastAfter failures to connect in a row after which waiters get the cause at once; zero: they always wait
 * @param connectPause the pause after a failure to connect; it doubles with each further one, with jitter
 * @param connectPauseMax the longest such pause
 * @param connectsAtOnce attempts to connect to the same endpoint at once, over all pools
 * @param budgetFloor bytes of the memory budget set aside for this pool
 * @param budgetWeight this pool's part when pools compete for what no floor sets aside, relative to the others
 * @param budgetCeiling bytes of the budget this pool never exceeds
 */
public record PoolSettings(
        int min,
        int max,
        Duration acquireTimeout,
        Duration createTimeout,
        Duration destroyTimeout,
        Duration checkTimeout,
        Duration idleTimeout,
        Duration maxLifetime,
        double lifetimeJitter,
        Duration checkAfterRest,
        Duration healthCheckInterval,
        Duration reapInterval,
        int maxWaiters,
        QueuePolicy queuePolicy,
        Duration delayTarget,
        Duration delayInterval,
        Duration leakThreshold,
        LeakStacks leakStacks,
        boolean reclaimLeaks,
        Scaling scaling,
        Duration scaleInterval,
        int failFastAfter,
        Duration connectPause,
        Duration connectPauseMax,
        int connectsAtOnce,
        long budgetFloor,
        int budgetWeight,
        long budgetCeiling) {

    /** The most connections a pool may have. */
    public static final int MAX_CONNECTIONS = 10_000;

    /** The most requests a pool may queue. */
    public static final int MAX_WAITERS = 1_000_000;

    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * Validates.
     *
     * @throws InvalidSettingsException listing every problem
     */
    public PoolSettings {
        List<String> problems = new ArrayList<>();
        check(problems, min >= 0, "min is " + min + ": use 0 or more");
        check(problems, max >= 1 && max <= MAX_CONNECTIONS, "max is " + max + ": use 1 to " + MAX_CONNECTIONS);
        check(problems, min <= max, "min is " + min + " but max is " + max + ": lower min or raise max");
        positive(problems, "acquireTimeout", acquireTimeout);
        positive(problems, "createTimeout", createTimeout);
        positive(problems, "destroyTimeout", destroyTimeout);
        positive(problems, "checkTimeout", checkTimeout);
        notNegative(problems, "idleTimeout", idleTimeout);
        notNegative(problems, "maxLifetime", maxLifetime);
        check(
                problems,
                lifetimeJitter >= 0 && lifetimeJitter <= 0.5,
                "lifetimeJitter is " + lifetimeJitter + ": use 0 to 0.5");
        notNegative(problems, "checkAfterRest", checkAfterRest);
        notNegative(problems, "healthCheckInterval", healthCheckInterval);
        positive(problems, "reapInterval", reapInterval);
        check(
                problems,
                maxWaiters >= 0 && maxWaiters <= MAX_WAITERS,
                "maxWaiters is " + maxWaiters + ": use 0 to " + MAX_WAITERS);
        Objects.requireNonNull(queuePolicy, "queuePolicy");
        positive(problems, "delayTarget", delayTarget);
        positive(problems, "delayInterval", delayInterval);
        notNegative(problems, "leakThreshold", leakThreshold);
        Objects.requireNonNull(leakStacks, "leakStacks");
        check(
                problems,
                !(reclaimLeaks && leakThreshold.isZero()),
                "reclaimLeaks is on but leakThreshold is 0, so no leak is ever found: set leakThreshold");
        Objects.requireNonNull(scaling, "scaling");
        positive(problems, "scaleInterval", scaleInterval);
        check(problems, failFastAfter >= 0, "failFastAfter is " + failFastAfter + ": use 0 or more");
        positive(problems, "connectPause", connectPause);
        positive(problems, "connectPauseMax", connectPauseMax);
        check(
                problems,
                connectPause.compareTo(connectPauseMax) <= 0,
                "connectPause is " + connectPause + ", longer than connectPauseMax " + connectPauseMax);
        check(
                problems,
                connectsAtOnce >= 1 && connectsAtOnce <= 64,
                "connectsAtOnce is " + connectsAtOnce + ": use 1 to 64");
        check(problems, budgetFloor >= 0, "budgetFloor is " + budgetFloor + ": use 0 or more bytes");
        check(problems, budgetWeight >= 1, "budgetWeight is " + budgetWeight + ": use 1 or more");
        check(
                problems,
                budgetCeiling >= budgetFloor,
                "budgetCeiling is " + budgetCeiling + " bytes, below budgetFloor " + budgetFloor);
        check(
                problems,
                maxLifetime.isZero() || idleTimeout.isZero() || maxLifetime.compareTo(idleTimeout) >= 0,
                "maxLifetime " + maxLifetime + " is shorter than idleTimeout " + idleTimeout
                        + ", which would never apply: lower idleTimeout");
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException("These pool settings", problems);
        }
    }

    /** The source's advanced pool (R1): 1 to 5 connections, patient waits, idle ones gone after two minutes. */
    public static PoolSettings shared() {
        return new Builder().build();
    }

    /** The source's basic pool (R3): 1 to 3 connections, waits of at most 5 s. */
    public static PoolSettings frugal() {
        return new Builder()
                .max(3)
                .acquireTimeout(Duration.ofSeconds(5))
                .createTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** The source's performance pool (R4): up to 25 connections, as many as the load is found to need. */
    public static PoolSettings performance() {
        return new Builder().min(2).max(25).scaling(Scaling.ADAPTIVE).build();
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** What differs from {@code earlier}, each as {@code name: old -> new}. */
    List<String> changesSince(PoolSettings earlier) {
        List<String> changes = new ArrayList<>();
        for (RecordComponent setting : PoolSettings.class.getRecordComponents()) {
            try {
                Object before = setting.getAccessor().invoke(earlier);
                Object after = setting.getAccessor().invoke(this);
                if (!Objects.equals(before, after)) {
                    changes.add(setting.getName() + ": " + before + " -> " + after);
                }
            } catch (ReflectiveOperationException impossible) {
                throw new LinkageError("a record's own accessor cannot be called", impossible);
            }
        }
        return changes;
    }

    private static void check(List<String> problems, boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private static void positive(List<String> problems, String name, Duration value) {
        check(
                problems,
                !value.isNegative() && !value.isZero() && value.compareTo(LONGEST) <= 0,
                name + " is " + value + ": use more than zero, at most a year");
    }

    private static void notNegative(List<String> problems, String name, Duration value) {
        check(
                problems,
                !value.isNegative() && value.compareTo(LONGEST) <= 0,
                name + " is " + value + ": use zero or more, at most a year");
    }

    /** Collects settings; starts from {@link PoolSettings#shared()}. Not thread-safe. */
    public static final class Builder {
        private int min = 1;
        private int max = 5;
        private Duration acquireTimeout = Duration.ofSeconds(15);
        private Duration createTimeout = Duration.ofSeconds(15);
        private Duration destroyTimeout = Duration.ofSeconds(3);
        private Duration checkTimeout = Duration.ofSeconds(2);
        private Duration idleTimeout = Duration.ofSeconds(120);
        private Duration maxLifetime = Duration.ofMinutes(30);
        private double lifetimeJitter = 0.1;
        private Duration checkAfterRest = Duration.ofMillis(500);
        private Duration healthCheckInterval = Duration.ofSeconds(30);
        private Duration reapInterval = Duration.ofSeconds(5);
        private int maxWaiters = 50;
        private QueuePolicy queuePolicy = QueuePolicy.REJECT_OLDEST;
        private Duration delayTarget = Duration.ofMillis(50);
        private Duration delayInterval = Duration.ofMillis(500);
        private Duration leakThreshold = Duration.ofSeconds(60);
        private LeakStacks leakStacks = LeakStacks.SAMPLED;
        private boolean reclaimLeaks = false;
        private Scaling scaling = Scaling.ON_DEMAND;
        private Duration scaleInterval = Duration.ofSeconds(1);
        private int failFastAfter = 3;
        private Duration connectPause = Duration.ofMillis(50);
        private Duration connectPauseMax = Duration.ofMillis(500);
        private int connectsAtOnce = 4;
        private long budgetFloor = 0;
        private int budgetWeight = 1;
        private long budgetCeiling = Long.MAX_VALUE;

        /** Starts from the shared profile. */
        public Builder() {}

        private Builder(PoolSettings from) {
            min = from.min;
            max = from.max;
            acquireTimeout = from.acquireTimeout;
            createTimeout = from.createTimeout;
            destroyTimeout = from.destroyTimeout;
            checkTimeout = from.checkTimeout;
            idleTimeout = from.idleTimeout;
            maxLifetime = from.maxLifetime;
            lifetimeJitter = from.lifetimeJitter;
            checkAfterRest = from.checkAfterRest;
            healthCheckInterval = from.healthCheckInterval;
            reapInterval = from.reapInterval;
            maxWaiters = from.maxWaiters;
            queuePolicy = from.queuePolicy;
            delayTarget = from.delayTarget;
            delayInterval = from.delayInterval;
            leakThreshold = from.leakThreshold;
            leakStacks = from.leakStacks;
            reclaimLeaks = from.reclaimLeaks;
            scaling = from.scaling;
            scaleInterval = from.scaleInterval;
            failFastAfter = from.failFastAfter;
            connectPause = from.connectPause;
            connectPauseMax = from.connectPauseMax;
            connectsAtOnce = from.connectsAtOnce;
            budgetFloor = from.budgetFloor;
            budgetWeight = from.budgetWeight;
            budgetCeiling = from.budgetCeiling;
        }

        /** Sets {@link PoolSettings#min()}. */
        public Builder min(int value) {
            min = value;
            return this;
        }

        /** Sets {@link PoolSettings#max()}. */
        public Builder max(int value) {
            max = value;
            return this;
        }

        /** Sets {@link PoolSettings#acquireTimeout()}. */
        public Builder acquireTimeout(Duration value) {
            acquireTimeout = value;
            return this;
        }

        /** Sets {@link PoolSettings#createTimeout()}. */
        public Builder createTimeout(Duration value) {
            createTimeout = value;
            return this;
        }

        /** Sets {@link PoolSettings#destroyTimeout()}. */
        public Builder destroyTimeout(Duration value) {
            destroyTimeout = value;
            return this;
        }

        /** Sets {@link PoolSettings#checkTimeout()}. */
        public Builder checkTimeout(Duration value) {
            checkTimeout = value;
            return this;
        }

        /** Sets {@link PoolSettings#idleTimeout()}. */
        public Builder idleTimeout(Duration value) {
            idleTimeout = value;
            return this;
        }

        /** Sets {@link PoolSettings#maxLifetime()}. */
        public Builder maxLifetime(Duration value) {
            maxLifetime = value;
            return this;
        }

        /** Sets {@link PoolSettings#lifetimeJitter()}. */
        public Builder lifetimeJitter(double value) {
            lifetimeJitter = value;
            return this;
        }

        /** Sets {@link PoolSettings#checkAfterRest()}. */
        public Builder checkAfterRest(Duration value) {
            checkAfterRest = value;
            return this;
        }

        /** Sets {@link PoolSettings#healthCheckInterval()}. */
        public Builder healthCheckInterval(Duration value) {
            healthCheckInterval = value;
            return this;
        }

        /** Sets {@link PoolSettings#reapInterval()}. */
        public Builder reapInterval(Duration value) {
            reapInterval = value;
            return this;
        }

        /** Sets {@link PoolSettings#maxWaiters()}. */
        public Builder maxWaiters(int value) {
            maxWaiters = value;
            return this;
        }

        /** Sets {@link PoolSettings#queuePolicy()}. */
        public Builder queuePolicy(QueuePolicy value) {
            queuePolicy = value;
            return this;
        }

        /** Sets {@link PoolSettings#delayTarget()}. */
        public Builder delayTarget(Duration value) {
            delayTarget = value;
            return this;
        }

        /** Sets {@link PoolSettings#delayInterval()}. */
        public Builder delayInterval(Duration value) {
            delayInterval = value;
            return this;
        }

        /** Sets {@link PoolSettings#leakThreshold()}. */
        public Builder leakThreshold(Duration value) {
            leakThreshold = value;
            return this;
        }

        /** Sets {@link PoolSettings#leakStacks()}. */
        public Builder leakStacks(LeakStacks value) {
            leakStacks = value;
            return this;
        }

        /** Sets {@link PoolSettings#reclaimLeaks()}. */
        public Builder reclaimLeaks(boolean value) {
            reclaimLeaks = value;
            return this;
        }

        /** Sets {@link PoolSettings#scaling()}. */
        public Builder scaling(Scaling value) {
            scaling = value;
            return this;
        }

        /** Sets {@link PoolSettings#scaleInterval()}. */
        public Builder scaleInterval(Duration value) {
            scaleInterval = value;
            return this;
        }

        /** Sets {@link PoolSettings#failFastAfter()}. */
        public Builder failFastAfter(int value) {
            failFastAfter = value;
            return this;
        }

        /** Sets {@link PoolSettings#connectPause()}. */
        public Builder connectPause(Duration value) {
            connectPause = value;
            return this;
        }

        /** Sets {@link PoolSettings#connectPauseMax()}. */
        public Builder connectPauseMax(Duration value) {
            connectPauseMax = value;
            return this;
        }

        /** Sets {@link PoolSettings#connectsAtOnce()}. */
        public Builder connectsAtOnce(int value) {
            connectsAtOnce = value;
            return this;
        }

        /** Sets {@link PoolSettings#budgetFloor()}. */
        public Builder budgetFloor(long value) {
            budgetFloor = value;
            return this;
        }

        /** Sets {@link PoolSettings#budgetWeight()}. */
        public Builder budgetWeight(int value) {
            budgetWeight = value;
            return this;
        }

        /** Sets {@link PoolSettings#budgetCeiling()}. */
        public Builder budgetCeiling(long value) {
            budgetCeiling = value;
            return this;
        }

        /**
         * Validates and builds.
         *
         * @throws InvalidSettingsException listing every problem
         */
        public PoolSettings build() {
            return new PoolSettings(
                    min,
                    max,
                    acquireTimeout,
                    createTimeout,
                    destroyTimeout,
                    checkTimeout,
                    idleTimeout,
                    maxLifetime,
                    lifetimeJitter,
                    checkAfterRest,
                    healthCheckInterval,
                    reapInterval,
                    maxWaiters,
                    queuePolicy,
                    delayTarget,
                    delayInterval,
                    leakThreshold,
                    leakStacks,
                    reclaimLeaks,
                    scaling,
                    scaleInterval,
                    failFastAfter,
                    connectPause,
                    connectPauseMax,
                    connectsAtOnce,
                    budgetFloor,
                    budgetWeight,
                    budgetCeiling);
        }
    }
}
