package dev.weir.jdbc;

/** What a failed call says about the connection it was made on, and about the server behind it. */
enum FailureVerdict {
    /** The connection is of no further use. */
    BROKEN,
    /** The server went away or became read-only: every older connection to the same endpoint is suspect too. */
    FAILOVER,
    /** The server has no room for a further connection; one that exists is not concerned. */
    SERVER_FULL,
    /** An ordinary error of an ordinary statement. */
    OTHER
}
