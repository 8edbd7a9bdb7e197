package dev.weir.socketio;

/** How a handler answers an event. Safe for all threads. */
public interface Ack {

    /** Whether the client waits for an answer. */
    boolean isWanted();

    /**
     * Answers; the first time only, and only if an answer is wanted. Does nothing otherwise.
     *
     * @throws IllegalArgumentException if a value cannot be written
     */
    void send(Object... values);
}
