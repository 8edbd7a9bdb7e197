package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on a database that belongs to somebody. */
class GivenDatabaseIT {

    private static LocalPostgres postgres;

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws IOException {
        postgres = LocalPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void ownTables() throws SQLException {
        execute(
                "DROP SCHEMA IF EXISTS weir_run CASCADE",
                "DROP TABLE IF EXISTS pgbench_accounts",
                "CREATE TABLE pgbench_accounts AS SELECT 42 AS precious");
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static String ask(String question) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() ? answer.getString(1) : "";
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
    }

    private RunningWeir run() throws IOException {
        return RunningWeir.start(
                home,
                Map.of("WEIR_PASSWORD", postgres.password()),
                "--url",
                postgres.url(),
                "--user",
                postgres.user(),
                "--duration",
                "2s",
                "--scale",
                "1");
    }

    @Test
    void isLeftAsItWas() throws Exception {
        try (RunningWeir weir = run()) {
            assertThat(weir.exitCode()).as(weir.output()).isZero();
            assertThat(weir.result().at("/invariantHolds").asBoolean()).isTrue();
            assertThat(weir.output()).contains("Dropped the schema weir_run");
            assertThat(weir.output() + weir.result()).doesNotContain(postgres.password());
            weir.assertNothingLeft();
        }
        assertThat(ask("SELECT nspname FROM pg_namespace WHERE nspname = 'weir_run'"))
                .isEmpty();
        assertThat(ask("SELECT precious FROM pgbench_accounts")).isEqualTo("42");
        // A server notices the end of a session a little later than the client.
        await().untilAsserted(() -> assertThat(ask("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"))
                .isEqualTo("0"));
    }

    @Test
    void isLeftAsItWasByARunThatIsInterruptedWhileItLoads() throws Exception {
        try (RunningWeir weir = RunningWeir.start(
                home,
                Map.of("WEIR_PASSWORD", postgres.password()),
                "--url",
                postgres.url(),
                "--user",
                postgres.user(),
                "--scale",
                "50")) {
            weir.awaitLine("Loading TPC-B");
            weir.interrupt();
            assertThat(weir.exitCode()).as(weir.output()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(weir.output()).contains("Dropped the schema weir_run");
        }
        assertThat(ask("SELECT nspname FROM pg_namespace WHERE nspname = 'weir_run'"))
                .isEmpty();
    }

    @Test
    void aServerThatIsRestartedUnderTheLoadLosesNoTransaction() throws Exception {
        try (RunningWeir weir = RunningWeir.start(
                home,
                Map.of("WEIR_PASSWORD", postgres.password()),
                "--url",
                postgres.url(),
                "--user",
                postgres.user(),
                "--scale",
                "1")) {
            weir.awaitLine("transactions");
            postgres.restart();
            weir.awaitLines(3, "tx/s");
            weir.interrupt();
            assertThat(weir.exitCode()).as(weir.output()).isEqualTo(ExitCode.FAILED);
            assertThat(weir.result().at("/errors").asLong()).isPositive();
            assertThat(weir.result().at("/invariantHolds").asBoolean())
                    .as(weir.output())
                    .isTrue();
            assertThat(weir.result().at("/shutdown/connectionsLeft").asInt(-1)).isZero();
        }
    }

    @Test
    void aSchemaThatIsNotOursIsNotTouched() throws Exception {
        execute("CREATE SCHEMA weir_run", "CREATE TABLE weir_run.pgbench_tellers AS SELECT 7 AS precious");
        try (RunningWeir weir = run()) {
            assertThat(weir.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(weir.output()).contains("was not made by weir run, so it is not touched");
            assertThat(weir.result().at("/outcome").asText()).isEqualTo("failed");
        }
        assertThat(ask("SELECT precious FROM weir_run.pgbench_tellers")).isEqualTo("7");
    }

    @Test
    void whatAKilledRunLeftIsClearedAway() throws Exception {
        execute(
                "CREATE SCHEMA weir_run",
                "COMMENT ON SCHEMA weir_run IS 'made by weir run, which drops it at its end'",
                "CREATE TABLE weir_run.pgbench_tellers (tid int)");
        try (RunningWeir weir = run()) {
            assertThat(weir.exitCode()).as(weir.output()).isZero();
        }
    }

    @Test
    void twoRunsDoNotShareASchema() throws Exception {
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtext('weir run weir_run'))");
            try (RunningWeir weir = run()) {
                assertThat(weir.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(weir.output()).contains("another weir run is using the schema weir_run");
            }
        }
    }

    @Test
    void aWrongPasswordIsToldWithoutBeingShown() throws Exception {
        Path secret = Files.writeString(home.resolve("secret"), "not-the-password\n");
        try (RunningWeir weir = RunningWeir.start(
                home, "--url", postgres.url(), "--user", "postgres", "--password-file", secret.toString())) {
            assertThat(weir.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(weir.output()).contains("password authentication failed").doesNotContain("not-the-password");
        }
    }
}
