package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.mariadb.local.LocalMariaDb;
import dev.weir.pool.ConnectionWeight;
import dev.weir.pool.MemoryWatch;
import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What databases tell of the memory of a pooled connection. */
class ServerMemoryIT {

    private static LocalPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = LocalPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static WeirDataSource source(UnaryOperator<WeirDataSourceBuilder> more) {
        return more.apply(WeirDataSource.builder()
                        .url(postgres.url())
                        .user(postgres.user())
                        .password(postgres.password())
                        .settings(pool -> pool.min(1).max(1)))
                .build();
    }

    private static ConnectionWeight weigh(WeirDataSource source) {
        source.pool().watchMemory(MemoryWatch.standard());
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> source.pool().weights(), weights -> !weights.isEmpty())
                .get(0)
                .weight();
    }

    private static String ask(WeirDataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void postgresTellsItsContextsAndLinuxItsProcess() {
        try (WeirDataSource source = source(same -> same)) {
            ConnectionWeight weight = weigh(source);
            assertThat(weight.serverBytes()).isBetween(200_000L, 20_000_000L);
            assertThat(weight.serverUsedBytes()).isBetween(200_000L, 20_000_000L);
            assertThat(weight.how()).contains("private memory").contains("pg_backend_memory_contexts");
        }
    }

    @Test
    void aUserWhoMayNotReadTheContextsIsToldWhatIsMissing() throws SQLException {
        try (WeirDataSource source = source(same -> same)) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create role plain login password 'plain'");
            }
        }
        try (WeirDataSource source = source(builder -> builder.user("plain").password("plain"))) {
            ConnectionWeight weight = weigh(source);
            assertThat(weight.serverBytes()).isPositive();
            assertThat(weight.serverUsedBytes()).isNegative();
            assertThat(weight.how()).contains("GRANT pg_read_all_stats");
            assertThat(ask(source, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void noTransactionIsLeftOpen() throws SQLException {
        try (WeirDataSource source = source(builder -> builder.autoCommit(false));
                WeirDataSource other = source(same -> same)) {
            String pid = ask(source, "select pg_backend_pid()");
            weigh(source);
            assertThat(ask(other, "select state from pg_stat_activity where pid = " + pid))
                    .isEqualTo("idle");
            assertThat(ask(source, "select pg_backend_pid()")).isEqualTo(pid);
        }
    }

    @Test
    void mariaDbTellsItsThread() throws IOException, SQLException {
        try (LocalMariaDb mariadb = LocalMariaDb.start();
                WeirDataSource source = WeirDataSource.builder()
                        .url(mariadb.url())
                        .user(LocalMariaDb.USER)
                        .password(LocalMariaDb.PASSWORD)
                        .settings(pool -> pool.min(1).max(1))
                        .build()) {
            ConnectionWeight weight = weigh(source);
            assertThat(weight.serverBytes()).isBetween(10_000L, 20_000_000L);
            assertThat(weight.how()).isEqualTo("information_schema.processlist");
            assertThat(ask(source, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aDatabaseThatWeirCannotAskIsUnknownAndNamed() throws SQLException {
        try (WeirDataSource source = WeirDataSource.builder()
                .url("jdbc:h2:mem:weighed")
                .settings(pool -> pool.min(1).max(1))
                .build()) {
            ConnectionWeight weight = weigh(source);
            assertThat(weight.isKnown()).isFalse();
            assertThat(weight.how()).contains("H2");
        }
    }
}
