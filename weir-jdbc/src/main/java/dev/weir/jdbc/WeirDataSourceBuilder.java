package dev.weir.jdbc;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import java.sql.Driver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link WeirDataSource}. What is not set comes from the {@linkplain Profile profile}, at
 * first {@link Profile#SHARED}. Problems are found by {@link #settings()} and {@link #build()}, all at once. Not thread-safe.
 */
public final class WeirDataSourceBuilder {

    final List<Consumer<PoolSettings.Builder>> poolChanges = new ArrayList<>();
    final Map<String, String> driverProperties = new TreeMap<>();
    /** What {@code fromProperties} could not read; reported together with everything else. */
    final List<String> problems = new ArrayList<>();

    final List<String> warnings = new ArrayList<>();

    Profile profile = Profile.SHARED;

    @Nullable String name;

    @Nullable String url;

    @Nullable DataSource dataSource;

    @Nullable Driver driver;

    @Nullable String driverClassName;

    @Nullable String user;

    @Nullable String password;

    @Nullable CredentialsProvider credentials;

    @Nullable Duration queryTimeout;

    SessionReset sessionReset = SessionReset.PRECISE;

    @Nullable Boolean autoCommit;

    @Nullable Boolean readOnly;

    @Nullable Integer isolation;

    @Nullable String catalog;

    @Nullable String schema;

    @Nullable String connectionInitSql;

    @Nullable String checkQuery;

    Duration startTimeout = Duration.ZERO;
    QueryCacheSettings queryCache = QueryCacheSettings.DEFAULT;
    boolean statementStatistics;

    @Nullable PoolEnvironment environment;

    @Nullable ConnectionPoolManager manager;

    List<String> dependencies = List.of();

    WeirDataSourceBuilder() {}

    /** Sets {@link JdbcSettings#name()}; the default is a number. */
    public WeirDataSourceBuilder name(String value) {
        name = value;
        return this;
    }

    /** Connects by a driver to this URL. Credentials belong into {@link #credentials}, not here. */
    public WeirDataSourceBuilder url(String value) {
        url = value;
        return this;
    }

    /** Takes connections from another data source, which must open a new one each time: not a pool. */
    public WeirDataSourceBuilder dataSource(DataSource value) {
        dataSource = value;
        return this;
    }

    /** The driver to use for the URL; the default is the one that {@link java.sql.DriverManager} finds. */
    public WeirDataSourceBuilder driver(Driver value) {
        driver = value;
        return this;
    }

    /** The class of the driver to use for the URL. */
    public WeirDataSourceBuilder driverClassName(String value) {
        driverClassName = value;
        return this;
    }

    /** A property for the driver. Weir's own settings of timeouts give way to it. */
    public WeirDataSourceBuilder driverProperty(String key, String value) {
        driverProperties.put(key, value);
        return this;
    }

    /** The user to connect as. */
    public WeirDataSourceBuilder user(@Nullable String value) {
        user = value;
        return this;
    }

    /** The password to connect with. */
    public WeirDataSourceBuilder password(@Nullable String value) {
        password = value;
        return this;
    }

    /** Who knows the credentials, asked for each connection. Instead of {@link #user} and {@link #password}. */
    public WeirDataSourceBuilder credentials(CredentialsProvider value) {
        credentials = value;
        return this;
    }

    /** The settings to start from. */
    public WeirDataSourceBuilder profile(Profile value) {
        profile = value;
        return this;
    }

    /** Changes settings of the engine; may be called several times, and is applied to the profile whatever the order. */
    public WeirDataSourceBuilder settings(Consumer<PoolSettings.Builder> change) {
        poolChanges.add(change);
        return this;
    }

    /** Sets {@link JdbcSettings#queryTimeout()}; zero is none. */
    public WeirDataSourceBuilder queryTimeout(Duration value) {
        queryTimeout = value;
        return this;
    }

    /** Sets {@link JdbcSettings#sessionReset()}; the default is {@link SessionReset#PRECISE}. */
    public WeirDataSourceBuilder sessionReset(SessionReset value) {
        sessionReset = value;
        return this;
    }

    /** Sets {@link JdbcSettings#autoCommit()}. */
    public WeirDataSourceBuilder autoCommit(boolean value) {
        autoCommit = value;
        return this;
    }

    /** Sets {@link JdbcSettings#readOnly()}. */
    public WeirDataSourceBuilder readOnly(boolean value) {
        readOnly = value;
        return this;
    }

    /** Sets {@link JdbcSettings#isolation()}: a constant of {@link java.sql.Connection}. */
    public WeirDataSourceBuilder isolation(int value) {
        isolation = value;
        return this;
    }

    /** Sets {@link JdbcSettings#catalog()}. */
    public WeirDataSourceBuilder catalog(String value) {
        catalog = value;
        return this;
    }

    /** Sets {@link JdbcSettings#schema()}. */
    public WeirDataSourceBuilder schema(String value) {
        schema = value;
        return this;
    }

    /** Sets {@link JdbcSettings#connectionInitSql()}. */
    public WeirDataSourceBuilder connectionInitSql(String value) {
        connectionInitSql = value;
        return this;
    }

    /** Sets {@link JdbcSettings#checkQuery()}. */
    public WeirDataSourceBuilder checkQuery(String value) {
        checkQuery = value;
        return this;
    }

    /** Sets {@link JdbcSettings#startTimeout()}. */
    public WeirDataSourceBuilder startTimeout(Duration value) {
        startTimeout = value;
        return this;
    }

    /** Sets {@link JdbcSettings#queryCache()}. */
    public WeirDataSourceBuilder queryCache(QueryCacheSettings value) {
        queryCache = value;
        return this;
    }

    /** Sets {@link JdbcSettings#statementStatistics()}; the default is off. */
    public WeirDataSourceBuilder statementStatistics(boolean value) {
        statementStatistics = value;
        return this;
    }

    /**
     * Puts the pool under a manager: into its memory account, its histories, its alerts and its shutdown. Closing the data source
     * takes it out again. The {@link #name} must be free there.
     *
     * @param dependsOn pools of the manager that work on this one's connections needs; they are shut down after it
     */
    public WeirDataSourceBuilder manager(ConnectionPoolManager value, String... dependsOn) {
        manager = value;
        dependencies = List.of(dependsOn);
        return this;
    }

    /** Where the pool gets its time, tells its events and is granted its memory; the default is an environment of its own. */
    public WeirDataSourceBuilder environment(PoolEnvironment value) {
        environment = value;
        return this;
    }

    /** What was noticed and does no harm, such as properties without effect here. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * The settings as they stand.
     *
     * @throws InvalidSettingsException listing every problem with its mend
     */
    public JdbcSettings settings() {
        return SettingsCheck.of(this).settings();
    }

    /**
     * Opens the data source, under its manager if it has one, and waits for a first connection if {@link #startTimeout} says so.
     *
     * @throws InvalidSettingsException listing every problem with its mend
     * @throws IllegalArgumentException if the manager has a pool of that name
     * @throws IllegalStateException if the manager is shut down or full, or the budget has no room for the pool's floor
     * @throws StartFailedException if there is no connection within the start timeout
     */
    public WeirDataSource build() {
        SettingsCheck checked = SettingsCheck.of(this);
        JdbcSettings settings = checked.settings();
        JdbcPool home = new JdbcPool(
                settings.sessionReset(),
                settings.queryTimeout(),
                settings.statementStatistics() ? new StatementStatistics() : null);
        JdbcConnector connector = new JdbcConnector(checked.connectionSource(), settings, home);
        PoolEnvironment shared = sharedEnvironment();
        QueryCaching caching = new QueryCaching(settings.queryCache(), shared.ticker());
        home.queryCaching(caching);
        Pool<PhysicalConnection> pool = Pool.open(settings.name(), connector, settings.pool(), shared);
        DataSourceMember member = new DataSourceMember(pool, home);
        PoolEnd end = new PoolEnd(member, settings.pool().destroyTimeout(), join(member));
        WeirDataSource opened = new WeirDataSource(pool, settings, home, end, warnings);
        if (!settings.startTimeout().isZero()) {
            opened.awaitStart();
        }
        return opened;
    }

    private @Nullable ConnectionPoolManager join(DataSourceMember member) {
        ConnectionPoolManager joined = manager;
        if (joined != null) {
            try {
                joined.register(member, dependencies.toArray(String[]::new));
            } catch (RuntimeException refused) {
                new PoolEnd(member, member.settings().destroyTimeout(), null).run(Duration.ZERO);
                throw refused;
            }
        }
        return joined;
    }

    private PoolEnvironment sharedEnvironment() {
        if (manager != null) {
            return manager.environment();
        }
        return environment == null ? PoolEnvironment.of(new EventStream(), MemoryBudget.unlimited()) : environment;
    }
}
