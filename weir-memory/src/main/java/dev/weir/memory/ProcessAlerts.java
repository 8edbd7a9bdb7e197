package dev.weir.memory;

import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.monitor.SteadyGrowth;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Raises an alert, in the name of {@value #PROCESS}, while the memory of the process that nobody explains grows steadily. Hand it every report that
 * is made; reports more than a few minutes apart begin anew. Thread-safe.
 */
public final class ProcessAlerts {

    /** What stands in the place of a pool's name. */
    public static final String PROCESS = "(process)";

    /** The rule: the least of each minute was above that of the minute before, five times in a row. */
    public static final String UNEXPLAINED_GROWING = "unexplained-growing";

    private static final int RAISE_AT = 5;

    private final EventStream events;
    private final SteadyGrowth growth = new SteadyGrowth(Duration.ofMinutes(1));
    private @Nullable Long raisedNanos;

    /** Alerts that are published here. */
    public ProcessAlerts(EventStream events) {
        this.events = events;
    }

    /** Judges a report that was made just now; returns it. */
    public MemoryReport judge(MemoryReport report) {
        judge(System.nanoTime(), report.unexplainedBytes(), report.residentBytes());
        return report;
    }

    void judge(long nanos, long unexplained, long resident) {
        PoolEvent change = null;
        synchronized (this) {
            int rises = growth.look(nanos, unexplained);
            Long raised = raisedNanos;
            if (raised == null && rises >= RAISE_AT) {
                raisedNanos = nanos;
                change = new PoolEvent.AlertRaised(
                        PROCESS,
                        nanos,
                        UNEXPLAINED_GROWING,
                        String.format(
                                Locale.ROOT,
                                "memory that no owner and no category of the JVM explains has grown for %d minutes, to %s of %s resident",
                                rises,
                                Bytes.text(unexplained),
                                Bytes.text(resident)));
            } else if (raised != null && rises == 0) {
                raisedNanos = null;
                change = new PoolEvent.AlertCleared(
                        PROCESS, nanos, UNEXPLAINED_GROWING, Duration.ofNanos(nanos - raised));
            }
        }
        if (change != null) {
            events.publish(change);
        }
    }
}
