package dev.weir.server.run;

import dev.weir.event.PoolEvent;
import dev.weir.server.screen.EventText;
import dev.weir.server.screen.Screen;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The pools' notable events on their way to the screen: publishers leave a line and go on, whoever shows the run picks
 * it up. What comes faster than a screen is read is counted. Thread-safe; keeps at most {@value #MOST_LINES} lines and
 * {@value #MOST_SCALINGS} scalings of each pool.
 */
final class Notices {

    private static final int MOST_LINES = 256;
    private static final int MOST_SCALINGS = 25;
    private static final int MOST_AT_ONCE = 16;

    private final long begun;
    private final ArrayBlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_LINES);
    private final AtomicLong dropped = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ArrayDeque<RunReport.Scaling>> scalings = new HashMap<>();

    Notices(long begun) {
        this.begun = begun;
    }

    /** Takes an event; never blocks. */
    void hear(PoolEvent event) {
        if (event instanceof PoolEvent.Scaled scaled) {
            remember(scaled);
        }
        String line = EventText.describe(event);
        if (line != null && !lines.offer(line)) {
            dropped.incrementAndGet();
        }
    }

    private void remember(PoolEvent.Scaled scaled) {
        double seconds = Math.round((System.nanoTime() - begun) / 1e8) / 10.0;
        lock.lock();
        try {
            ArrayDeque<RunReport.Scaling> ofPool =
                    scalings.computeIfAbsent(owner(scaled.pool()), name -> new ArrayDeque<>());
            if (ofPool.size() == MOST_SCALINGS) {
                ofPool.removeFirst();
            }
            ofPool.addLast(new RunReport.Scaling(seconds, scaled.from(), scaled.to(), scaled.reason()));
        } finally {
            lock.unlock();
        }
    }

    /** A route of an HTTP pool is named after it, with a blank between; the pools' own names have none. */
    private static String owner(String pool) {
        return pool.split(" ", 2)[0];
    }

    /** The newest scalings of a pool. */
    List<RunReport.Scaling> scalings(String pool) {
        lock.lock();
        try {
            return new ArrayList<>(scalings.getOrDefault(pool, new ArrayDeque<>()));
        } finally {
            lock.unlock();
        }
    }

    /** Waits at most so long for a line and shows what has come, a screenful at most. */
    void showFor(long nanos, Screen screen) throws InterruptedException {
        @Nullable String line = lines.poll(Math.max(1, nanos), TimeUnit.NANOSECONDS);
        if (line == null) {
            return;
        }
        StringJoiner shown = new StringJoiner("\n");
        for (int i = 0; line != null && i < MOST_AT_ONCE; i++) {
            shown.add("  " + line);
            line = lines.poll();
        }
        long lost = dropped.getAndSet(0) + (line == null ? 0 : 1 + lines.size());
        if (line != null) {
            lines.clear();
        }
        if (lost > 0) {
            shown.add("  … and more: " + lost);
        }
        screen.say(shown.toString());
    }
}
