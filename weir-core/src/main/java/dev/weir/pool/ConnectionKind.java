package dev.weir.pool;

/** What a pool's connections are, so that its figures can be told under the names that are usual for that. */
public enum ConnectionKind {
    /** To an SQL database, by JDBC. */
    JDBC("jdbc"),
    /** To Redis. */
    REDIS("redis"),
    /** To HTTP servers, as a client of theirs. */
    HTTP("http"),
    /** From clients of a Socket.IO server. */
    WEBSOCKET("websocket"),
    /** Anything else. */
    OTHER("pool");

    private final String label;

    ConnectionKind(String label) {
        this.label = label;
    }

    /** A word for people and for results that programs read. */
    public String label() {
        return label;
    }

    /** Whether they lead to a database, SQL or other. */
    public boolean isDatabase() {
        return this == JDBC || this == REDIS;
    }
}
