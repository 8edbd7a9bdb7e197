package dev.weir.redis;

import dev.weir.pool.ConnectFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a failure to connect means from the error reply that it carries somewhere. */
final class ConnectVerdict {

    private static final int DEPTH = 16;

    /** Replies to {@code AUTH}, {@code HELLO} and {@code SELECT} that no later attempt with the same settings mends. */
    private static final List<String> HOPELESS = List.of(
            "NOPERM",
            "NOPROTO",
            "DENIED",
            "ERR invalid password",
            "ERR DB index is out of range",
            "ERR invalid DB index",
            "ERR SELECT is not allowed in cluster mode",
            "ERR Client sent AUTH, but no password is set",
            "ERR AUTH <password> called without any password configured");

    private ConnectVerdict() {}

    static ConnectFailure of(Throwable failure) {
        Throwable next = failure;
        for (int i = 0; i < DEPTH && next != null; i++) {
            ConnectFailure found = one(next.getMessage());
            if (found != ConnectFailure.TRANSIENT) {
                return found;
            }
            next = next.getCause();
        }
        return ConnectFailure.TRANSIENT;
    }

    private static ConnectFailure one(@Nullable String message) {
        return switch (ReplyVerdict.of(message)) {
            case SERVER_FULL -> ConnectFailure.SERVER_FULL;
            case NOT_AUTHENTICATED -> ConnectFailure.CONFIGURATION;
            default ->
                message != null && HOPELESS.stream().anyMatch(message::startsWith)
                        ? ConnectFailure.CONFIGURATION
                        : ConnectFailure.TRANSIENT;
        };
    }
}
