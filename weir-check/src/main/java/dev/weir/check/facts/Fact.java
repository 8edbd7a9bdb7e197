package dev.weir.check.facts;

/** What is known beside the pools. Times are in milliseconds, amounts of memory in bytes. */
public enum Fact {
    /** Connections that the database accepts over all clients. */
    MAX_CONNECTIONS,
    /** Of these, kept for administrators. */
    RESERVED_CONNECTIONS,
    /** Connections of all clients at the moment. */
    CONNECTIONS_IN_USE,
    /** Copies of the service. */
    REPLICAS,
    /** Memory of the container or machine. */
    MEMORY,
    /** The most that the heap may grow to. */
    HEAP,
    /** Rest after which the server, a proxy or a NAT forgets a connection. */
    IDLE_LIMIT,
    /** After which the server ends a session that idles in a transaction; 0: never. */
    IDLE_IN_TRANSACTION,
    /** Rest after which the server asks whether the client is still there. */
    SERVER_KEEPALIVE,
    /** WebSocket clients at once. */
    WEBSOCKET_CLIENTS,
    /** Bytes that one WebSocket client may make the server hold. */
    WEBSOCKET_BYTES,
    /** Size of the buffer that Tomcat allocates for each WebSocket. */
    TOMCAT_WEBSOCKET_BUFFER,
    /** Whether requests run on virtual threads. */
    VIRTUAL_THREADS,
    /** Whether a session, and its connection, stays open while a page is made. */
    OPEN_IN_VIEW,
    /** Whether JPA is used. */
    JPA,
    /** Rows in a batch of Hibernate. */
    JDBC_BATCH,
    /** Whether Hibernate relies on the pool to turn auto-commit off. */
    PROVIDER_DISABLES_AUTOCOMMIT,
    /** Query plans that Hibernate keeps. */
    PLAN_CACHE,
    /** Whether Druid's statistics keep every text of SQL apart. */
    SQL_STATISTICS,
    /** Weir's memory budget over all pools. */
    BUDGET
}
