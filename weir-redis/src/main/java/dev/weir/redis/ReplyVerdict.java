package dev.weir.redis;

import org.jspecify.annotations.Nullable;

/**
 * What an error reply says about the connection it came on and the server behind it. An error reply begins with a code in
 * capital letters: see "RESP simple errors" in the protocol's specification, and {@code shared.*err} in Redis' source.
 */
enum ReplyVerdict {
    /** An ordinary error of an ordinary command. */
    ORDINARY,
    /** The server is a replica: it was demoted, and so every older connection to it is suspect. */
    READ_ONLY,
    /** The server reads its data set and serves nobody until it has. */
    LOADING,
    /** A replica without its primary, told to serve nothing stale. The connection is sound. */
    MASTER_DOWN,
    /** The cluster serves nobody, or not this slot. The connection is sound. */
    CLUSTER_DOWN,
    /** The key is elsewhere, or about to be: {@code MOVED}, {@code ASK}, {@code TRYAGAIN}. The client knows what to do. */
    REDIRECTED,
    /** A script runs; the server lives. */
    BUSY,
    /** The server does not know, or no longer accepts, who is at the other end. */
    NOT_AUTHENTICATED,
    /** There is no room for another connection. */
    SERVER_FULL;

    private static final String SERVER_FULL_MESSAGE = "ERR max number of clients reached";

    static ReplyVerdict of(@Nullable String message) {
        if (message == null) {
            return ORDINARY;
        }
        if (message.startsWith(SERVER_FULL_MESSAGE)) {
            return SERVER_FULL;
        }
        int end = message.indexOf(' ');
        return switch (end < 0 ? message : message.substring(0, end)) {
            case "READONLY" -> READ_ONLY;
            case "LOADING" -> LOADING;
            case "MASTERDOWN" -> MASTER_DOWN;
            case "CLUSTERDOWN" -> CLUSTER_DOWN;
            case "MOVED", "ASK", "TRYAGAIN" -> REDIRECTED;
            case "BUSY" -> BUSY;
            case "NOAUTH", "WRONGPASS" -> NOT_AUTHENTICATED;
            default -> ORDINARY;
        };
    }
}
