package dev.weir.jdbc;

import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a {@link WeirDataSource}: immutable and valid, as {@link WeirDataSourceBuilder#settings()} made them.
 * Where a value is {@code null}, the driver's own default stays. {@link #toString} shows no secret.
 *
 * @param name names the pool in events, logs and reports
 * @param url the JDBC URL; {@code null} over a {@code dataSource}
 * @param dataSource what opens the connections; {@code null} over a {@code url}
 * @param driverProperties properties for the driver besides user and password
 * @param credentials asked for each connection that is opened
 * @param pool the settings of the engine
 * @param queryTimeout how long a statement may run whose borrower sets no timeout; zero: as long as it takes
 * @param sessionReset what happens to session state that borrowers changed
 * @param autoCommit whether connections are lent in auto-commit mode
 * @param readOnly whether connections are lent read-only
 * @param isolation the isolation that connections are lent with, a constant of {@link java.sql.Connection}
 * @param catalog the catalog that connections are lent with
 * @param schema the schema that connections are lent with
 * @param connectionInitSql run once on each new connection
 * @param checkQuery run to see whether a connection is usable; {@code null}: {@link java.sql.Connection#isValid}
 * @param startTimeout how long {@link WeirDataSourceBuilder#build()} waits for a first connection, and fails without one;
 *     zero: it does not wait
 * @param queryCache the bounds of the query cache
 * @param statementStatistics whether statements are counted and timed, for {@link WeirDataSource#statements()}
 */
public record JdbcSettings(
        String name,
        @Nullable String url,
        @Nullable DataSource dataSource,
        Map<String, String> driverProperties,
        CredentialsProvider credentials,
        PoolSettings pool,
        Duration queryTimeout,
        SessionReset sessionReset,
        @Nullable Boolean autoCommit,
        @Nullable Boolean readOnly,
        @Nullable Integer isolation,
        @Nullable String catalog,
        @Nullable String schema,
        @Nullable String connectionInitSql,
        @Nullable String checkQuery,
        Duration startTimeout,
        QueryCacheSettings queryCache,
        boolean statementStatistics) {

    /** Copies the driver's properties. */
    public JdbcSettings {
        driverProperties = Map.copyOf(driverProperties);
    }

    /** Names the pool, its endpoint and the names of the driver's properties, and no secret. */
    @Override
    public String toString() {
        String source =
                url != null ? Endpoint.ofUrl(url) : String.valueOf(dataSource == null ? null : dataSource.getClass());
        return "JdbcSettings[" + name + ", " + source + ", driver properties " + driverProperties.keySet() + ", " + pool
                + ", queryTimeout=" + queryTimeout + ", sessionReset=" + sessionReset + ", autoCommit=" + autoCommit
                + ", readOnly=" + readOnly + ", isolation=" + isolation + ", catalog=" + catalog + ", schema=" + schema
                + ", startTimeout=" + startTimeout + ", " + queryCache + ", statementStatistics="
                + statementStatistics + "]";
    }
}
