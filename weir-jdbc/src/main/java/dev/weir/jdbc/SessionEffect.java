package dev.weir.jdbc;

/** What a statement can leave behind in a session. */
enum SessionEffect {
    /** A transaction opened by SQL, behind the driver's back. */
    TRANSACTION,
    /** {@code SET ROLE}, {@code SET SESSION AUTHORIZATION}. */
    ROLE,
    /** A setting of the session. */
    PARAMETER,
    /** A temporary table, view, sequence or function. */
    TEMPORARY_OBJECT,
    /** A subscription by {@code LISTEN}. */
    LISTEN,
    /** A lock that outlives its transaction. */
    ADVISORY_LOCK,
    /** A statement prepared by SQL. */
    PREPARED,
    /** A cursor that outlives its transaction. */
    CURSOR,
    /** {@code USE}. */
    CATALOG,
    /** MySQL's {@code @variables}. */
    USER_VARIABLE,
    /** {@code LOCK TABLES} of MySQL. */
    TABLE_LOCK,
    /** Something that nobody knows how to undo. */
    UNKNOWN
}
