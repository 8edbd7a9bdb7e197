package dev.weir.socketio;

/** Why a connection ended; counted each. */
public enum CloseCause {
    /** The client said so, or closed its WebSocket. */
    CLIENT("transport close"),
    /** The transport broke, or a waiting poll was given up by the client. */
    TRANSPORT("transport error"),
    /** No pong came in time. */
    PING_TIMEOUT("ping timeout"),
    /** A packet that the protocol does not allow. */
    MALFORMED("parse error"),
    /** A packet that is sound but out of place, as an event to a namespace that was not entered. */
    OUT_OF_PLACE("forced server close"),
    /** No namespace was entered in time. */
    CONNECT_TIMEOUT("forced server close"),
    /** Two polls, or two posts, at once. */
    OVERLAPPING_REQUESTS("transport error"),
    /** A message or request larger than allowed. */
    TOO_LARGE("transport error"),
    /** A message in more fragments, or over a longer time, than allowed. */
    FRAGMENTS("transport error"),
    /** More packets or bytes a second than allowed. */
    RATE("forced server close"),
    /** The queue for the client was full and the policy was to close. */
    OVERFLOW("forced server close"),
    /** The client did not take a byte for too long, or stayed above the mark for too long. */
    SLOW_READER("forced server close"),
    /** The server's memory was short: this client was stalled the longest, or had no room for what it sent. */
    MEMORY("forced server close"),
    /** The application closed it. */
    SERVER("forced server close"),
    /** The server shut down. */
    SHUTDOWN("server shutting down");

    private final String reason;

    CloseCause(String reason) {
        this.reason = reason;
    }

    /** In Socket.IO's words. */
    public String reason() {
        return reason;
    }

    /** Whether a client that comes back may find its state again: it did not end on its or the application's wish. */
    boolean isRecoverable() {
        return switch (this) {
            case CLIENT, TRANSPORT, PING_TIMEOUT, SLOW_READER, OVERFLOW, MEMORY, SHUTDOWN -> true;
            default -> false;
        };
    }
}
