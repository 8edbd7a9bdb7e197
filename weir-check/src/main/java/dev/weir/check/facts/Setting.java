package dev.weir.check.facts;

/** What the settings of pools mean, whatever each pool calls them. Times are in milliseconds. */
public enum Setting {
    /** Connections never exceeded. */
    MAX,
    /** Connections kept open. */
    MIN,
    /** Connections that may rest; more are closed as they come back. */
    MAX_IDLE,
    /** How long a borrower waits; 0 or less: for ever. */
    ACQUIRE_TIMEOUT,
    /** How many may wait. */
    MAX_WAITERS,
    /** Rest after which a connection is closed; 0 or less: never. */
    IDLE_TIMEOUT,
    /** Age at which a connection is closed; 0 or less: never. */
    MAX_LIFETIME,
    /** Rest after which a connection is exercised; 0 or less: never. */
    KEEPALIVE,
    /** How long a check may take. */
    VALIDATION_TIMEOUT,
    /** How long a lease may last before it is told; 0 or less: it is never told. */
    LEAK_THRESHOLD,
    /** Whether connections are taken from borrowers that keep them long. */
    RECLAIMS,
    /** After what time; 0 or less: never. */
    RECLAIM_AFTER,
    /** Whether the borrower of a reclaimed connection is told. */
    RECLAIM_LOGGED,
    /** How often resting connections are looked after; 0 or less: never. */
    HOUSEKEEPING,
    /** SQL that checks a connection. */
    TEST_QUERY,
    /** Whether connections are checked before they are lent. */
    TEST_ON_BORROW,
    /** Whether resting connections are checked from time to time. */
    TEST_WHILE_IDLE,
    /** Whether connections are lent with auto-commit on. */
    AUTO_COMMIT,
    /** Whether returning a connection rolls back. */
    ROLLBACK_ON_RETURN,
    /** Whether returning a connection commits. */
    COMMIT_ON_RETURN,
    /** Whether the pool keeps prepared statements itself. */
    POOLS_STATEMENTS,
    /** How many per connection; 0 or less: any number. */
    STATEMENTS_PER_CONNECTION,
    /** How long a statement may run; 0 or less: for ever. */
    QUERY_TIMEOUT,
    /** How long a command over the network may take; 0 or less: for ever. */
    COMMAND_TIMEOUT,
    /** Whether the pool is seen by JMX. */
    REGISTERED,
    /** Where to connect to, without credentials. */
    URL,
    /** Whom to connect as. */
    USER,
    /** 1 where a password stands in plain text; the password itself is kept nowhere. */
    PASSWORD,
    /** Properties for the driver, in one text. */
    DRIVER_PROPERTIES,
    /** Class of the driver's data source. */
    DATA_SOURCE_CLASS
}
