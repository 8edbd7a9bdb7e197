package dev.weir.metrics;

import dev.weir.ConnectionPoolManager;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens in a manager's pools, as lines of a log: once, with the numbers. Of one kind of event there is at most one line a
 * pool in {@value #QUIET_SECONDS} s; the next one says how many were left out. Thread-safe; remembers as many kinds as
 * there are events, of as many pools as are heard of, and {@value #MOST} in all.
 */
public final class WeirLog implements AutoCloseable {

    /** Between two lines of one kind, of one pool. */
    public static final int QUIET_SECONDS = 10;

    private static final int MOST = 4_096;
    private static final long QUIET = TimeUnit.SECONDS.toNanos(QUIET_SECONDS);

    private record Kind(String pool, Class<?> event) {}

    private static final class Silence {
        long until;
        long leftOut;
    }

    private final Logger logger;
    private final EventStream.Subscription events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Kind, Silence> silences = new HashMap<>();

    private WeirLog(ConnectionPoolManager manager, Logger logger) {
        this.logger = logger;
        this.events = manager.addListener(this::hear);
    }

    /** Writes to the logger {@code dev.weir}. */
    public static WeirLog of(ConnectionPoolManager manager) {
        return to(LoggerFactory.getLogger("dev.weir"), manager);
    }

    /** Writes to this logger. */
    public static WeirLog to(Logger logger, ConnectionPoolManager manager) {
        return new WeirLog(manager, logger);
    }

    private void hear(PoolEvent event) {
        EventLine line = EventLine.of(event);
        if (line == null || !logger.isEnabledForLevel(line.level())) {
            return;
        }
        long leftOut = admit(new Kind(event.pool(), event.getClass()), event.nanos());
        if (event instanceof PoolEvent.Unregistered) {
            forget(event.pool());
        }
        if (leftOut >= 0) {
            String more = leftOut == 0 ? "" : " (and " + leftOut + " more like it since the last such line)";
            logger.atLevel(line.level()).log("{}: {}{}", event.pool(), line.text(), more);
        }
    }

    /** How many lines were left out before this one; negative: leave this one out too. */
    private long admit(Kind kind, long now) {
        lock.lock();
        try {
            Silence silence = silences.get(kind);
            if (silence == null) {
                if (silences.size() >= MOST) {
                    return -1;
                }
                silence = new Silence();
                silences.put(kind, silence);
            } else if (now - silence.until < 0) {
                silence.leftOut++;
                return -1;
            }
            long leftOut = silence.leftOut;
            silence.leftOut = 0;
            silence.until = now + QUIET;
            return leftOut;
        } finally {
            lock.unlock();
        }
    }

    private void forget(String pool) {
        lock.lock();
        try {
            silences.keySet().removeIf(kind -> kind.pool().equals(pool));
        } finally {
            lock.unlock();
        }
    }

    /** Says no more. */
    @Override
    public void close() {
        events.close();
    }
}
