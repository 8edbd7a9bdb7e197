package dev.weir.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * What the housekeeper saw going on on a connection, a statement or its reset, and since when. Only its thread touches
 * it.
 */
final class QueryWatch {

    enum Stage {
        WATCHED,
        CANCELLED,
        ABORTED
    }

    Stage stage = Stage.WATCHED;
    private @Nullable Object watched;
    private int run;
    private long since;

    /** How long this run of a statement, or of a reset, has been seen, in nanoseconds. */
    long seenFor(Object what, int itsRun, long nanos) {
        if (watched != what || run != itsRun) {
            watched = what;
            run = itsRun;
            since = nanos;
            stage = Stage.WATCHED;
        }
        return nanos - since;
    }

    void nothing() {
        watched = null;
    }
}
