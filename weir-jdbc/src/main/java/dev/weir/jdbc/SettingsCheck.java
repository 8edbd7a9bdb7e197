package dev.weir.jdbc;

import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.PoolSettings;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Looks at all that a builder collected, finds every problem, and makes the settings when there is none. */
final class SettingsCheck {

    /** The isolations a connection can be lent with; TRANSACTION_NONE cannot be set. */
    static final Map<String, Integer> ISOLATIONS = Map.of(
            "READ_UNCOMMITTED", Connection.TRANSACTION_READ_UNCOMMITTED,
            "READ_COMMITTED", Connection.TRANSACTION_READ_COMMITTED,
            "REPEATABLE_READ", Connection.TRANSACTION_REPEATABLE_READ,
            "SERIALIZABLE", Connection.TRANSACTION_SERIALIZABLE);

    private static final int LONGEST_NAME = 100;
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private final WeirDataSourceBuilder from;
    private final List<String> problems;
    private PoolSettings pool = PoolSettings.shared();
    private @Nullable ConnectionSource source;

    private SettingsCheck(WeirDataSourceBuilder from) {
        this.from = from;
        this.problems = new ArrayList<>(from.problems);
    }

    /**
     * Checks everything.
     *
     * @throws InvalidSettingsException if anything is wrong
     */
    static SettingsCheck of(WeirDataSourceBuilder from) {
        SettingsCheck check = new SettingsCheck(from);
        check.source();
        check.credentials();
        check.pool();
        check.others();
        if (!check.problems.isEmpty()) {
            throw new InvalidSettingsException("These settings of a data source", check.problems);
        }
        return check;
    }

    private void source() {
        if (from.url == null && from.dataSource == null) {
            problem(from.problems.isEmpty(), "no database is named: set url, or dataSource");
        } else if (from.url != null && from.dataSource != null) {
            problem(true, "url and dataSource are both set: keep one");
        } else if (from.dataSource != null) {
            problem(
                    from.driver != null || from.driverClassName != null,
                    "a driver has no use over a dataSource: drop it");
            problem(
                    !from.driverProperties.isEmpty(),
                    "driver properties " + from.driverProperties.keySet()
                            + " do not reach a dataSource: set them on the dataSource itself");
            source = new ConnectionSource.FromDataSource(from.dataSource);
        } else if (from.url != null) {
            source = DriverLookup.find(from.url, from.driver, from.driverClassName, problems);
        }
    }

    private void credentials() {
        problem(
                from.credentials != null && (from.user != null || from.password != null),
                "credentials and user or password are both set: keep one");
    }

    private void pool() {
        PoolSettings.Builder builder = from.profile.pool().toBuilder();
        from.poolChanges.forEach(change -> change.accept(builder));
        try {
            pool = builder.build();
        } catch (InvalidSettingsException invalid) {
            problems.addAll(invalid.problems());
        }
    }

    private void others() {
        problem(
                from.manager != null && from.environment != null,
                "manager and environment are both set: keep the manager, which has an environment");
        String name = from.name;
        problem(
                name != null && (name.isBlank() || name.length() > LONGEST_NAME),
                "name is blank or too long: use 1 to " + LONGEST_NAME + " characters");
        notNegative("queryTimeout", from.queryTimeout);
        notNegative("startTimeout", from.startTimeout);
        Integer isolation = from.isolation;
        problem(
                isolation != null && !ISOLATIONS.containsValue(isolation),
                "isolation is " + isolation
                        + ": use a TRANSACTION_ constant of java.sql.Connection, not TRANSACTION_NONE");
        notBlank("catalog", from.catalog);
        notBlank("schema", from.schema);
        notBlank("connectionInitSql", from.connectionInitSql);
        notBlank("checkQuery", from.checkQuery);
        QueryCacheSettings cache = from.queryCache;
        problem(cache.maxEntries() < 1, "queryCache.maxEntries is " + cache.maxEntries() + ": use 1 or more");
        problem(
                cache.maxBytes() < cache.maxEntries(),
                "queryCache.maxBytes is " + cache.maxBytes() + ": use at least one byte an entry, such as 8 MiB");
        problem(
                cache.maxEntryBytes() < 1 || cache.maxEntryBytes() > cache.maxBytes(),
                "queryCache.maxEntryBytes is " + cache.maxEntryBytes() + ": use 1 to maxBytes, which is "
                        + cache.maxBytes());
    }

    private void notBlank(String setting, @Nullable String value) {
        problem(value != null && value.isBlank(), setting + " is blank: drop it or fill it in");
    }

    private void notNegative(String setting, @Nullable Duration value) {
        problem(value != null && value.isNegative(), setting + " is " + value + ": use zero for none, or more");
    }

    private void problem(boolean holds, String problem) {
        if (holds) {
            problems.add(problem);
        }
    }

    ConnectionSource connectionSource() {
        return java.util.Objects.requireNonNull(source, "checked");
    }

    JdbcSettings settings() {
        CredentialsProvider credentials = from.credentials;
        Duration queryTimeout = from.queryTimeout;
        String name = from.name;
        return new JdbcSettings(
                name == null ? "pool-" + UNNAMED.incrementAndGet() : name,
                from.url,
                from.dataSource,
                from.driverProperties,
                credentials == null ? CredentialsProvider.fixed(from.user, from.password) : credentials,
                pool,
                queryTimeout == null ? from.profile.queryTimeout() : queryTimeout,
                from.sessionReset,
                from.autoCommit,
                from.readOnly,
                from.isolation,
                from.catalog,
                from.schema,
                from.connectionInitSql,
                from.checkQuery,
                from.startTimeout,
                from.queryCache,
                from.statementStatistics);
    }
}
