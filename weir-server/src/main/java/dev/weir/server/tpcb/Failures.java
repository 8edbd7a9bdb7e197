package dev.weir.server.tpcb;

import dev.weir.pool.AcquireException;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What failures mean, and the first few kinds of them by name. Thread-safe; keeps at most {@value #MOST} kinds. */
public final class Failures {

    private static final int MOST = 10;
    private static final int LONGEST = 300;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> kinds = new TreeMap<>();

    /** What a failed transaction means. */
    enum Meaning {
        /** The pool's queue turned it away. */
        REJECTED,
        /** It waited in vain for a connection. */
        TIMED_OUT,
        /** The database chose it to resolve a conflict: to be begun again. */
        CONFLICT,
        /** The pool is shut down: the run is over. */
        OVER,
        /** Anything else. */
        ERROR
    }

    static Meaning of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AcquireException refused) {
                return switch (refused.reason()) {
                    case QUEUE_FULL, SHED -> Meaning.REJECTED;
                    case TIMEOUT -> Meaning.TIMED_OUT;
                    case SHUT_DOWN -> Meaning.OVER;
                    default -> Meaning.ERROR;
                };
            }
        }
        // Class 40 is "transaction rollback"; 40003 alone leaves open whether it was.
        String state = failure instanceof SQLException sql ? sql.getSQLState() : null;
        return state != null && state.startsWith("40") && !state.equals("40003") ? Meaning.CONFLICT : Meaning.ERROR;
    }

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
