package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pool.Eviction;
import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class PostgresDataSourceIT {

    private static LocalPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = LocalPostgres.start();
    }

    @AfterAll
    static void end() throws IOException {
        postgres.close();
    }

    private static WeirDataSourceBuilder settings() {
        return WeirDataSource.builder()
                .url(postgres.url())
                .settings(pool -> pool.min(0).max(2).acquireTimeout(Duration.ofSeconds(10)));
    }

    private static WeirDataSource open() {
        return settings().user(postgres.user()).password(postgres.password()).build();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void noSocketTimeoutStaysOnAConnection() throws SQLException {
        try (WeirDataSource dataSource = open();
                Connection connection = dataSource.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isZero();
        }
        try (WeirDataSource dataSource = settings()
                        .user(postgres.user())
                        .password(postgres.password())
                        .driverProperty("socketTimeout", "77")
                        .build();
                Connection connection = dataSource.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(77_000);
        }
    }

    @Test
    void aRefusedPasswordIsToldAndNotShown() {
        try (WeirDataSource dataSource =
                settings().user(postgres.user()).password("hunter2").build()) {
            assertThatThrownBy(dataSource::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("password authentication failed")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void aRotatedPasswordIsUsedByTheNextConnection() throws SQLException {
        AtomicReference<String> password = new AtomicReference<>("first");
        try (WeirDataSource admin = open();
                Connection connection = admin.getConnection()) {
            run(connection, "create role rotating login password 'first'");
            try (WeirDataSource dataSource = settings()
                    .credentials(() -> new Credentials("rotating", password.get()))
                    .build()) {
                dataSource.getConnection().close();
                run(connection, "alter role rotating password 'second'");
                password.set("second");
                dataSource.getConnection().close();
                dataSource.pool().evict(Eviction.SOFT);
                dataSource.getConnection().close();
                assertThat(dataSource.snapshot().totals().opened()).isEqualTo(2);
                assertThat(dataSource.snapshot().totals().connectFailures()).isZero();
            }
        }
    }

    @Test
    void aDriversDataSourceIsAsGoodAsAUrl() throws SQLException {
        PGSimpleDataSource behind = new PGSimpleDataSource();
        behind.setUrl(postgres.url());
        try (WeirDataSource dataSource = WeirDataSource.builder()
                        .dataSource(behind)
                        .user(postgres.user())
                        .password(postgres.password())
                        .build();
                Connection connection = dataSource.getConnection()) {
            assertThat(connection.isValid(5)).isTrue();
            assertThat(Endpoint.of(behind)).isEqualTo("postgresql://127.0.0.1:" + postgres.port() + "/postgres");
        }
    }

    @Test
    void aCachedAnswerKeepsItsTypes() throws SQLException {
        String sql = "select 1 as i, 2::bigint as b, 3.50::numeric as n, true as t, 'x'::text as s, "
                + "'\\x0102'::bytea as y, date '2026-11-23' as d, timestamptz '2026-11-23 20:14:00+00' as z, "
                + "'00000000-0000-0001-0000-000000000002'::uuid as u, null::int as e";
        try (WeirDataSource dataSource = open()) {
            CachedQuery query = dataSource.cached(sql, Duration.ofMinutes(1));
            query.query().close();
            try (ResultSet row = query.query()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt("i")).isEqualTo(1);
                assertThat(row.getLong("b")).isEqualTo(2);
                assertThat(row.getBigDecimal("n")).isEqualTo(new BigDecimal("3.50"));
                assertThat(row.getBoolean("t")).isTrue();
                assertThat(row.getString("S")).isEqualTo("x");
                assertThat(row.getBytes("y")).containsExactly(1, 2);
                assertThat(row.getObject("d", LocalDate.class)).isEqualTo(LocalDate.of(2026, 11, 23));
                assertThat(row.getObject("z", OffsetDateTime.class))
                        .isEqualTo(OffsetDateTime.parse("2026-11-23T20:14:00Z"));
                assertThat(row.getObject("u")).isEqualTo(new UUID(1, 2));
                assertThat(row.getInt("e")).isZero();
                assertThat(row.wasNull()).isTrue();
                assertThat(row.getMetaData().getColumnTypeName(3)).isEqualTo("numeric");
                assertThat(row.next()).isFalse();
            }
            assertThat(dataSource.queryCache().counts().hits()).isEqualTo(1);
        }
    }

    @Test
    void aSessionWithAnotherSearchPathGoesPastTheCache() throws SQLException {
        String sql = "/*+ weir:cache ttl=1m */ select current_schema() as n";
        try (WeirDataSource dataSource = open();
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeQuery(sql).close();
            statement.execute("set search_path to pg_catalog");
            try (ResultSet result = statement.executeQuery(sql)) {
                assertThat(result.next()).isTrue();
                assertThat(result.getString("n")).isEqualTo("pg_catalog");
            }
        }
    }

    @Test
    void aStatementThatOutlivesTheQueryTimeoutIsCancelled() throws SQLException {
        try (WeirDataSource dataSource = settings()
                        .user(postgres.user())
                        .password(postgres.password())
                        .queryTimeout(Duration.ofMillis(500))
                        .build();
                Connection connection = dataSource.getConnection()) {
            assertThatThrownBy(() -> run(connection, "select pg_sleep(60)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("57014"));
            run(connection, "select 1");
            Awaitility.await().until(() -> dataSource.counts().statementsCancelled() == 1);
        }
    }
}
