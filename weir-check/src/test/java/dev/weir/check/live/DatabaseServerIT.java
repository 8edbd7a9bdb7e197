package dev.weir.check.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weir.check.Check;
import dev.weir.check.CheckException;
import dev.weir.check.Given;
import dev.weir.check.Report;
import dev.weir.check.facts.Fact;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Value;
import dev.weir.mariadb.local.LocalMariaDb;
import dev.weir.postgres.LocalPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseServerIT {

    @TempDir
    private Path directory;

    @Test
    void aServerTellsItsLimitsItself() throws Exception {
        try (LocalPostgres postgres = LocalPostgres.builder()
                .set("max_connections", "20")
                .set("superuser_reserved_connections", "2")
                .set("idle_session_timeout", "4min")
                .set("idle_in_transaction_session_timeout", "0")
                .set("tcp_keepalives_idle", "7200")
                .start()) {
            Subject subject = DatabaseServer.read(postgres.url(), postgres.user(), postgres.password());
            assertThat(subject.fact(Fact.MAX_CONNECTIONS).map(Value::number)).contains(20L);
            assertThat(subject.fact(Fact.RESERVED_CONNECTIONS).map(Value::number))
                    .contains(2L);
            assertThat(subject.fact(Fact.IDLE_LIMIT).map(Value::number)).contains(240_000L);
            assertThat(subject.fact(Fact.CONNECTIONS_IN_USE).map(Value::number)).contains(1L);

            Report report = Check.url(postgres.url(), postgres.user(), postgres.password(), new Given());
            assertThat(report.findings().stream().map(finding -> finding.rule().number()))
                    .containsExactlyInAnyOrder("W201", "W803", "W804");

            Path file = Files.writeString(
                    directory.resolve("hikari.properties"), "maximumPoolSize=19\nkeepaliveTime=300000");
            Given asked = Check.server(postgres.url(), postgres.user(), postgres.password(), new Given());
            assertThat(Check.file(file, "hikari.properties", asked).findings().stream()
                            .map(finding -> finding.rule().number() + " " + finding.place()))
                    .contains("W104 hikari.properties:1 (maximumPoolSize)", "W023 hikari.properties:2 (keepaliveTime)");
            assertThat(report.target()).isEqualTo("PostgreSQL at 127.0.0.1:" + postgres.port());
        }
    }

    @Test
    void mariaDbTellsItsLimitsToo() throws Exception {
        try (LocalMariaDb mariadb = LocalMariaDb.start("--max-connections=30", "--wait-timeout=300")) {
            Subject subject = DatabaseServer.read(mariadb.url(), LocalMariaDb.USER, LocalMariaDb.PASSWORD);
            assertThat(subject.fact(Fact.MAX_CONNECTIONS).map(Value::number)).contains(30L);
            assertThat(subject.fact(Fact.IDLE_LIMIT).map(Value::number)).contains(300_000L);
            assertThat(subject.fact(Fact.CONNECTIONS_IN_USE).map(Value::number))
                    .hasValueSatisfying(number -> assertThat(number).isBetween(1L, 30L));

            Path file = Files.writeString(
                    directory.resolve("hikari.properties"),
                    "jdbcUrl=" + mariadb.url() + "?socketTimeout=9000\nmaximumPoolSize=40\nkeepaliveTime=400000\n"
                            + "leakDetectionThreshold=60000");
            Given asked = Check.server(mariadb.url(), LocalMariaDb.USER, LocalMariaDb.PASSWORD, new Given());
            assertThat(Check.file(file, "hikari.properties", asked).findings().stream()
                            .map(finding -> finding.rule().number() + " " + finding.what()))
                    .anyMatch(finding -> finding.startsWith("W104 40 connections") && finding.contains("but 30"))
                    .anyMatch(finding -> finding.startsWith("W023 "));

            assertThatThrownBy(() -> Check.url(mariadb.url(), LocalMariaDb.USER, "not the password", new Given()))
                    .isInstanceOf(CheckException.class)
                    .hasMessageContaining("MariaDB at 127.0.0.1:" + mariadb.port() + " cannot be asked")
                    .hasMessageContaining("SQLSTATE 28000")
                    .hasMessageNotContaining("not the password");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql:", "jdbc:mariadb:"})
    void aServerThatNeverAnswersIsGivenUp(String driver) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String url = driver + "//127.0.0.1:" + silent.getLocalPort() + "/d";
            assertTimeoutPreemptively(
                    Duration.ofSeconds(60),
                    () -> assertThatThrownBy(() -> DatabaseServer.read(url, "a", "hunter2", 1))
                            .isInstanceOf(CheckException.class)
                            .hasMessageContaining("cannot be asked")
                            .hasMessageNotContaining("not the password"));
        }
    }

    @Test
    void aServerThatCannotBeAskedIsToldWithoutItsPassword() {
        assertThatThrownBy(() -> Check.url(
                        "jdbc:postgresql://127.0.0.1:1/d?user=a&password=hunter2&connectTimeout=5",
                        "",
                        "",
                        new Given()))
                .isInstanceOf(CheckException.class)
                .hasMessageContaining("PostgreSQL at 127.0.0.1:1 cannot be asked")
                .hasMessageNotContaining("not the password");
        assertThatThrownBy(() -> Check.url("jdbc:nonsense:x", "", "", new Given()))
                .isInstanceOf(CheckException.class)
                .hasMessageContaining("not understood");
    }
}
