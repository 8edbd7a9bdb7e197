package dev.weir.jdbc;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many prepared statements the known drivers keep for each connection, where the user does not say. What a driver keeps, the
 * server keeps too, with its plans: with PostgreSQL about fifteen times the bytes that the driver counts, until the connection is closed. So the
 * driver's bound, in statements and in bytes, is the server's.
 */
enum StatementBounds {
    /** Half of the driver's own 256 statements and 5 MiB: jdbc.postgresql.org/documentation/server-prepare. */
    POSTGRESQL(Map.of("preparedStatementCacheQueries", "128", "preparedStatementCacheSizeMiB", "3")),
    /** Half of the driver's own 250; of effect with {@code useServerPrepStmts}: MariaDB Connector/J, "Option reference". */
    MARIADB(Map.of("prepStmtCacheSize", "128")),
    /** Not known, or as MySQL's: it keeps 25, and only when asked to. */
    OTHER(Map.of());

    @SuppressWarnings("ImmutableEnumChecker") // of strings, by Map.of
    private final Map<String, String> bounds;

    StatementBounds(Map<String, String> bounds) {
        this.bounds = bounds;
    }

    /**
     * What the driver of this URL is to be told besides.
     *
     * @param properties what the user says by properties; a bound named there or in the URL stays as it is
     */
    static Map<String, String> missing(String url, Map<String, String> properties) {
        Map<String, String> missing = new TreeMap<>(of(url).bounds);
        missing.keySet()
                .removeIf(name -> properties.containsKey(name)
                        || url.contains("?" + name + "=")
                        || url.contains("&" + name + "="));
        return missing;
    }

    private static StatementBounds of(String url) {
        for (StatementBounds known : values()) {
            if (url.startsWith("jdbc:" + known.name().toLowerCase(Locale.ROOT) + ":")) {
                return known;
            }
        }
        return OTHER;
    }
}
