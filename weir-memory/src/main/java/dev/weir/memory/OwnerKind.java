package dev.weir.memory;

/** What an owner's memory serves: the groups of a before/after report. */
public enum OwnerKind {
    /** Connections to databases. */
    DATABASE,
    /** Connections to Redis. */
    REDIS,
    /** Connections to HTTP servers. */
    HTTP,
    /** Sockets that clients of this process opened, WebSocket sessions among them. */
    WEBSOCKET,
    /** What Weir keeps for itself: histories and caches. */
    INTERNAL,
    /** Anything else. */
    OTHER
}
