package dev.weir.pool;

/** What a pool's connections are for, so that its figures can be told under the names that are usual for that. */
public enum ConnectionKind {
    /** To a database, SQL or other. */
    DATABASE,
    /** To HTTP servers, as a client of theirs. */
    HTTP_CLIENT,
    /** From clients, as their server. */
    SERVER,
    /** Anything else. */
    OTHER
}
