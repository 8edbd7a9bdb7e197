package dev.weir.socketio;

/** What happens when a client's queue has no room for another packet. */
public enum Overflow {
    /** The connection is closed: the client gets everything or learns that it did not. */
    CLOSE,
    /** The oldest packets that may be dropped make room. */
    DROP_OLDEST,
    /** The new packet is dropped. */
    DROP_NEWEST,
    /** A packet replaces the one with the same key that still waits, whether or not there is room. */
    KEEP_LATEST
}
