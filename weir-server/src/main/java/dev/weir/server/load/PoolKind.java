package dev.weir.server.load;

import java.util.Locale;

/** What the connections of a pool speak. */
public enum PoolKind {
    /** SQL, with PostgreSQL. */
    JDBC("JDBC"),
    /** Redis' own protocol. */
    REDIS("Redis"),
    /** HTTP/1.1. */
    HTTP("HTTP");

    private final String title;

    PoolKind(String title) {
        this.title = title;
    }

    /** As a result names it: {@code jdbc}, {@code redis} or {@code http}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As people write it. */
    public String title() {
        return title;
    }
}
