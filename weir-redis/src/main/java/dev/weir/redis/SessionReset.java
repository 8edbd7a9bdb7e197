package dev.weir.redis;

/**
 * What happens, when a connection is given back, to what its borrower left on it: another database, a name, client
 * tracking and the like. What cannot be undone retires the connection in either mode: an open {@code MULTI} or {@code
 * WATCH}, a subscription, a reply that was not read, another user, {@code CLIENT REPLY}.
 */
public enum SessionReset {
    /** Undone command by command, only what was changed. */
    PRECISE,
    /** A connection on which anything was changed is retired. */
    STRICT
}
