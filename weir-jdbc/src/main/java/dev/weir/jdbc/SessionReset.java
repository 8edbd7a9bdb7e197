package dev.weir.jdbc;

/**
 * What happens, when a connection is given back, to session state that statements changed: settings, roles, temporary
 * tables, advisory locks and the like. An open transaction is rolled back in every mode, and so are the properties of
 * {@link java.sql.Connection} reset.
 */
public enum SessionReset {
    /** Undone statement by statement; a connection for which that is unsure is retired. */
    PRECISE,
    /** A connection whose session state changed, or that was unwrapped, is retired. */
    STRICT,
    /** Left as it is: the next borrower inherits it. */
    OFF
}
