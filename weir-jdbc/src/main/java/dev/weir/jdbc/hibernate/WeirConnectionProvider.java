package dev.weir.jdbc.hibernate;

import dev.weir.ConnectionPoolManager;
import dev.weir.jdbc.StartFailedException;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.jdbc.WeirDataSourceBuilder;
import dev.weir.pool.InvalidSettingsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.hibernate.HibernateException;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.service.UnknownUnwrapTypeException;
import org.hibernate.service.spi.Configurable;
import org.hibernate.service.spi.Stoppable;
import org.jspecify.annotations.Nullable;

/**
 * Runs Hibernate on a {@link WeirDataSource}. Either it opens one from Hibernate's settings and ends it with the session
 * factory:
 *
 * <pre>{@code
 * hibernate.connection.provider_class = dev.weir.jdbc.hibernate.WeirConnectionProvider
 * jakarta.persistence.jdbc.url = jdbc:postgresql://db/orders
 * hibernate.weir.max = 8
 * hibernate.weir.acquire-timeout = 2s
 * }</pre>
 *
 * <p>or it is given one, by its constructor or as {@value #DATA_SOURCE}, which stays open for whoever opened it. What is
 * opened here can be put under the manager that is given as {@value #MANAGER}, and so into its budget and its shutdown.
 * Thread-safe once configured.
 */
public final class WeirConnectionProvider implements ConnectionProvider, Configurable, Stoppable {

    private static final long serialVersionUID = 1L;

    /** A {@link WeirDataSource} to run on; the other settings of connections are then without effect. */
    public static final String DATA_SOURCE = HibernateSettings.PREFIX + "data-source";
    /** The {@link ConnectionPoolManager} to put the data source under that is opened here. */
    public static final String MANAGER = HibernateSettings.PREFIX + "manager";

    /** Settings that are objects, and no text for the data source. */
    static final Set<String> OBJECTS = Set.of(DATA_SOURCE, MANAGER);

    // Hibernate's services are serializable by their type, but never serialized.
    private transient @Nullable WeirDataSource dataSource;
    private transient boolean own;

    /** To be configured by Hibernate. */
    public WeirConnectionProvider() {}

    /** Runs on this data source, which is not closed with the session factory. */
    public WeirConnectionProvider(WeirDataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Opens the data source, unless there is one.
     *
     * @throws HibernateException telling every problem of the settings, each with its mend, or why there is no connection
     */
    @Override
    public void configure(Map<String, Object> settings) {
        if (dataSource != null) {
            return;
        }
        WeirDataSource given = object(settings, DATA_SOURCE, WeirDataSource.class);
        if (given != null) {
            dataSource = given;
            return;
        }
        ConnectionPoolManager manager = object(settings, MANAGER, ConnectionPoolManager.class);
        WeirDataSourceBuilder builder = WeirDataSource.fromProperties(HibernateSettings.toWeir(settings));
        if (manager != null) {
            builder.manager(manager);
        }
        try {
            dataSource = builder.build();
            own = true;
        } catch (InvalidSettingsException | StartFailedException | IllegalStateException failure) {
            throw new HibernateException("Weir's data source for Hibernate: " + failure.getMessage(), failure);
        }
    }

    private static <T> @Nullable T object(Map<String, Object> settings, String key, Class<T> type) {
        Object value = settings.get(key);
        if (value != null && !type.isInstance(value)) {
            throw new HibernateException(key + " is a " + value.getClass().getName() + ": give a " + type.getName());
        }
        return type.cast(value);
    }

    private WeirDataSource dataSource() {
        WeirDataSource configured = dataSource;
        if (configured == null) {
            throw new IllegalStateException("the connection provider is not configured");
        }
        return configured;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return dataSource().getConnection();
    }

    /** Gives the connection back to the pool, which rolls back what was not committed. */
    @Override
    public void closeConnection(Connection connection) throws SQLException {
        connection.close();
    }

    /** No: between two statements of a transaction the pool would lend another connection. */
    @Override
    public boolean supportsAggressiveRelease() {
        return false;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return type.isInstance(this) || type.equals(DataSource.class) || type.equals(WeirDataSource.class);
    }

    /** This provider, or the data source behind. */
    @Override
    public <T> T unwrap(Class<T> type) {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        if (isUnwrappableAs(type)) {
            return type.cast(dataSource());
        }
        throw new UnknownUnwrapTypeException(type);
    }

    /** Ends the data source that was opened here: leased connections get the destroy timeout to come back. */
    @Override
    public void stop() {
        if (own) {
            dataSource().close();
        }
    }
}
