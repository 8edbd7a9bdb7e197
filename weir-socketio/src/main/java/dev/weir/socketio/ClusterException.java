package dev.weir.socketio;

/** Other servers were asked, and not all have answered. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is missing and what to do. */
    public ClusterException(String message) {
        super(message);
    }
}
