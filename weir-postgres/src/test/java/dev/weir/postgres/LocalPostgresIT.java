package dev.weir.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LocalPostgresIT {

    private static LocalPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = LocalPostgres.builder().set("max_connections", "17").start();
    }

    @AfterAll
    static void end() throws IOException {
        postgres.close();
    }

    private static Connection connect(String parameters) throws SQLException {
        return DriverManager.getConnection(postgres.url() + parameters, postgres.user(), postgres.password());
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    @Test
    void settingsReachTheServer() throws SQLException {
        try (Connection connection = connect("")) {
            assertThat(ask(connection, "show max_connections")).isEqualTo("17");
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), postgres.user(), "guessed"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void aKilledServerComesBackWithItsDataOnItsPort() throws Exception {
        try (Connection connection = connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept (n int)");
            statement.execute("insert into kept values (42)");
            postgres.kill();
            assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> connect("")).isInstanceOf(SQLException.class);
        }
        postgres.startAgain();
        try (Connection connection = connect("")) {
            assertThat(ask(connection, "select n from kept")).isEqualTo("42");
        }
    }

    @Test
    void aFrozenServerIsSilentUntilItIsThawed() throws Exception {
        try (Connection connection = connect("?socketTimeout=1")) {
            postgres.freeze();
            assertThatThrownBy(() -> ask(connection, "select 1")).isInstanceOf(SQLException.class);
            postgres.thaw();
        }
        try (Connection connection = connect("")) {
            assertThat(ask(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aSecondServerRunsBesideTheFirstAndLeavesNothing() throws Exception {
        LocalPostgres second = LocalPostgres.start();
        try {
            assertThat(second.port()).isNotEqualTo(postgres.port());
            second.freeze();
        } finally {
            second.close();
        }
        assertThatThrownBy(() -> DriverManager.getConnection(second.url(), second.user(), second.password()))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void theServerEndsWithItsJvmEvenWhenThatIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphan.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        Path home = Path.of(said.readLine());
        Path programs = Path.of(said.readLine());
        ProcessHandle server = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
        assertThat(server.isAlive()).isTrue();
        jvm.destroyForcibly();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !server.isAlive() && !Files.exists(home) && !Files.exists(programs));
    }

    /** Starts a server, says where and as which process, and waits to be killed. */
    static final class Orphan {
        public static void main(String[] arguments) throws Exception {
            LocalPostgres orphan = LocalPostgres.start();
            System.out.println(orphan.home());
            System.out.println(Binaries.home());
            System.out.println(Files.readAllLines(orphan.home().resolve("data/postmaster.pid"))
                    .get(0));
            Thread.currentThread().join();
        }
    }
}
