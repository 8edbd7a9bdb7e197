package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;

/**
 * How the known drivers are told to give up a connect by themselves. The pool abandons a connect that takes too long in
 * any case; but the thread inside the driver comes free only when the driver gives up, and against a frozen server some do
 * that never.
 *
 * <p>A limit on connecting alone does not cover the reads of the log-in, so where there is only a limit on every read, that one
 * is set for the log-in and lifted afterwards. What the user set, as a property or in the URL, stays.
 */
enum ConnectTimeouts {
    /** {@code connectTimeout} and {@code socketTimeout} in seconds: jdbc.postgresql.org/documentation/use. */
    POSTGRESQL(1_000, true),
    /** Both in milliseconds: Connector/J, "Networking" configuration properties. */
    MYSQL(1, true),
    /** {@code connectTimeout} in milliseconds covers the log-in too: MariaDB Connector/J, "Option reference". */
    MARIADB(1, false),
    /** Not known. */
    OTHER(1, false);

    private static final String CONNECT = "connectTimeout";
    private static final String READ = "socketTimeout";

    private final long unitMillis;
    private final boolean limitsReads;

    ConnectTimeouts(long unitMillis, boolean limitsReads) {
        this.unitMillis = unitMillis;
        this.limitsReads = limitsReads;
    }

    static ConnectTimeouts of(String url) {
        for (ConnectTimeouts known : values()) {
            if (url.startsWith("jdbc:" + known.name().toLowerCase(Locale.ROOT) + ":")) {
                return known;
            }
        }
        return OTHER;
    }

    /** Adds what the user did not set; tells whether the limit on reads is to be lifted after the log-in. */
    boolean limit(Properties properties, String url, Duration timeout) {
        if (this == OTHER) {
            return false;
        }
        // Rounded up: a limit of zero would be none.
        String value = Long.toString((timeout.toMillis() + unitMillis - 1) / unitMillis);
        if (isFree(CONNECT, properties, url)) {
            properties.setProperty(CONNECT, value);
        }
        if (limitsReads && isFree(READ, properties, url)) {
            properties.setProperty(READ, value);
            return true;
        }
        return false;
    }

    private static boolean isFree(String property, Properties properties, String url) {
        return properties.getProperty(property) == null
                && !url.contains("?" + property + "=")
                && !url.contains("&" + property + "=");
    }

    static void lift(Connection raw) throws SQLException {
        raw.setNetworkTimeout(Runnable::run, 0);
    }
}
