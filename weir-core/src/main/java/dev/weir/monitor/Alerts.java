package dev.weir.monitor;

import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Judges each sample of one pool by its rules and publishes what begins and ceases to hold. At most one alert is open
 * for each rule. Thread-safe; events are published outside the lock.
 */
public final class Alerts {

    /** The most rules for one pool, and so the most open alerts. */
    public static final int MAX_RULES = 64;

    private final String pool;
    private final EventStream events;
    private final List<Watch> watches = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Alerts of one pool.
     *
     * @throws IllegalArgumentException for more than {@value #MAX_RULES} rules or two of one name
     */
    public Alerts(String pool, List<AlertRule> rules, EventStream events) {
        check(rules);
        this.pool = pool;
        this.events = events;
        for (AlertRule rule : rules) {
            watches.add(new Watch(rule));
        }
    }

    static void check(List<AlertRule> rules) {
        if (rules.size() > MAX_RULES) {
            throw new IllegalArgumentException(rules.size() + " alert rules for a pool: use at most " + MAX_RULES);
        }
        Set<String> names = new HashSet<>();
        for (AlertRule rule : rules) {
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("two alert rules are named " + rule.name());
            }
        }
    }

    /** Judges a sample; its time must not be before that of the sample before. */
    public void evaluate(PoolSample sample) {
        List<PoolEvent> changes = new ArrayList<>(0);
        lock.lock();
        try {
            for (Watch watch : watches) {
                PoolEvent change = watch.judge(sample);
                if (change != null) {
                    changes.add(change);
                }
            }
        } finally {
            lock.unlock();
        }
        changes.forEach(events::publish);
    }

    /** The alerts that are open now, in the order of the rules. */
    public List<Alert> open() {
        lock.lock();
        try {
            List<Alert> open = new ArrayList<>();
            for (Watch watch : watches) {
                if (watch.open != null) {
                    open.add(watch.open);
                }
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets open alerts without a word. */
    public void clear() {
        lock.lock();
        try {
            for (Watch watch : watches) {
                watch.open = null;
                watch.pending = false;
            }
        } finally {
            lock.unlock();
        }
    }

    /** One rule's state. Guarded by the lock. */
    private final class Watch {
        private final AlertRule rule;
        private @Nullable Alert open;
        /** Whether the figure is beyond the threshold that would change the alert, and since when. */
        private boolean pending;

        private long pendingSince;

        Watch(AlertRule rule) {
            this.rule = rule;
        }

        @Nullable PoolEvent judge(PoolSample sample) {
            double value = rule.measure().applyAsDouble(sample);
            if (Double.isNaN(value)) {
                return null;
            }
            Alert raised = open;
            boolean beyond = raised == null ? value >= rule.raiseAt() : value <= rule.clearAt();
            if (!beyond) {
                pending = false;
                return null;
            }
            if (!pending) {
                pending = true;
                pendingSince = sample.nanos();
            }
            Duration needed = raised == null ? rule.raiseAfter() : rule.clearAfter();
            if (sample.nanos() - pendingSince < needed.toNanos()) {
                return null;
            }
            pending = false;
            if (raised == null) {
                Alert alert = new Alert(pool, rule.name(), sample.nanos(), rule.message(value));
                open = alert;
                return new PoolEvent.AlertRaised(pool, sample.nanos(), rule.name(), alert.message());
            }
            open = null;
            Duration lasted = Duration.ofNanos(sample.nanos() - raised.sinceNanos());
            return new PoolEvent.AlertCleared(pool, sample.nanos(), rule.name(), lasted);
        }
    }
}
