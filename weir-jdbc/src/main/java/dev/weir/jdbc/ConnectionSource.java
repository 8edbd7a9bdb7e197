package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;

/** Where the driver's connections come from. */
sealed interface ConnectionSource {

    /** Opens a connection; the driver is to give up after the timeout where it can be told so. */
    Opened open(Credentials credentials, Map<String, String> properties, Duration timeout) throws SQLException;

    /**
     * A new connection.
     *
     * @param limited whether its reads are limited for the time of the set-up; to be lifted by {@link ConnectTimeouts}
     */
    record Opened(Connection raw, boolean limited) {}

    /** Names what is connected to, without credentials. */
    String endpoint();

    /** A driver and its URL. */
    record FromDriver(Driver driver, String url) implements ConnectionSource {

        @Override
        public Opened open(Credentials credentials, Map<String, String> properties, Duration timeout)
                throws SQLException {
            Properties all = new Properties();
            StatementBounds.missing(url, properties).forEach(all::setProperty);
            properties.forEach(all::setProperty);
            if (credentials.user() != null) {
                all.setProperty("user", credentials.user());
            }
            if (credentials.password() != null) {
                all.setProperty("password", credentials.password());
            }
            ConnectTimeouts timeouts = ConnectTimeouts.of(url);
            boolean limited = timeouts.limit(all, url, timeout);
            Connection raw = driver.connect(url, all);
            if (raw == null) {
                throw new SQLException(
                        "the driver " + driver.getClass().getName() + " does not take " + endpoint(), "08001");
            }
            return new Opened(raw, limited);
        }

        @Override
        public String endpoint() {
            return Endpoint.ofUrl(url);
        }

        @Override
        public String toString() {
            return endpoint();
        }
    }

    /** Somebody's data source. */
    record FromDataSource(DataSource dataSource) implements ConnectionSource {

        @Override
        public Opened open(Credentials credentials, Map<String, String> properties, Duration timeout)
                throws SQLException {
            if (credentials.user() == null && credentials.password() == null) {
                return new Opened(dataSource.getConnection(), false);
            }
            return new Opened(dataSource.getConnection(credentials.user(), credentials.password()), false);
        }

        @Override
        public String endpoint() {
            return Endpoint.of(dataSource);
        }

        @Override
        public String toString() {
            return endpoint();
        }
    }
}
