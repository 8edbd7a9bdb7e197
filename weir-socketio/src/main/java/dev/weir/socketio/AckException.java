package dev.weir.socketio;

/** An answer did not come, and will not. */
public final class AckException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Why {
        /** Not in time. */
        TIMEOUT,
        /** The socket was disconnected. */
        DISCONNECTED,
        /** The event was not sent: the client's queue or the server's memory was full, or it had gone already. */
        NOT_SENT,
        /** Too many answers are awaited from the socket. */
        TOO_MANY
    }

    private final Why why;

    AckException(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** Why. */
    public Why why() {
        return why;
    }
}
