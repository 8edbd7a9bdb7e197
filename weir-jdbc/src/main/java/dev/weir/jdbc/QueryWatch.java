package dev.weir.jdbc;

import org.jspecify.annotations.Nullable;

/** What the housekeeper saw running on a connection, and since when. Only its thread touches it. */
final class QueryWatch {

    enum Stage {
        WATCHED,
        CANCELLED,
        ABORTED
    }

    Stage stage = Stage.WATCHED;
    private @Nullable LeasedStatement statement;
    private int run;
    private long since;

    /** How long this run of the statement has been seen, in nanoseconds. */
    long seenFor(LeasedStatement now, long nanos) {
        if (statement != now || run != now.run()) {
            statement = now;
            run = now.run();
            since = nanos;
            stage = Stage.WATCHED;
        }
        return nanos - since;
    }

    void nothing() {
        statement = null;
    }
}
