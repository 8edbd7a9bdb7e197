package dev.weir.socketio;

/** Decides whether a request may become a session; Socket.IO calls it {@code allowRequest}. */
@FunctionalInterface
public interface RequestFilter {

    /** Whether it may. Called on a handler thread, may block; throwing means no. */
    boolean allows(Handshake handshake);
}
