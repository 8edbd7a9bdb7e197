package dev.weir.server.load;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Errors by the first few kinds of them. Thread-safe; keeps at most {@value #MOST} kinds. */
public final class Failures {

    private static final int MOST = 10;
    private static final int LONGEST = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> kinds = new TreeMap<>();

    /** Counts an error under the first line of its message. */
    void count(Throwable failure) {
        String kind = firstLine(failure);
        lock.lock();
        try {
            if (kinds.containsKey(kind) || kinds.size() < MOST) {
                kinds.merge(kind, 1L, Long::sum);
            } else {
                kinds.merge("others", 1L, Long::sum);
            }
        } finally {
            lock.unlock();
        }
    }

    private static String firstLine(Throwable failure) {
        @Nullable String message = failure.getMessage();
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        String state = failure instanceof SQLException sql && sql.getSQLState() != null ? " " + sql.getSQLState() : "";
        String kind = failure.getClass().getSimpleName() + state + ": " + line;
        return kind.length() <= LONGEST ? kind : kind.substring(0, LONGEST) + "…";
    }

    /** How often each kind occurred, by name. */
    public Map<String, Long> kinds() {
        lock.lock();
        try {
            return new TreeMap<>(kinds);
        } finally {
            lock.unlock();
        }
    }
}
