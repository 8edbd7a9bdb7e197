package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server whose {@code max_connections} are used up by others. */
class FullServerIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static LocalPostgres postgres;

    private final Deque<Connection> others = new ArrayDeque<>();

    @BeforeAll
    static void start() throws IOException {
        postgres = LocalPostgres.builder().set("max_connections", "10").start();
    }

    @AfterAll
    static void end() throws IOException {
        postgres.close();
    }

    @AfterEach
    void leave() throws SQLException {
        while (!others.isEmpty()) {
            others.pop().close();
        }
    }

    /** Takes every connection the server still has. */
    private void fill() {
        assertThatThrownBy(() -> {
                    while (true) {
                        others.push(DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password()));
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class,
                        full -> assertThat(full.getSQLState()).isEqualTo("53300"));
    }

    private WeirDataSourceBuilder settings() {
        return WeirDataSource.builder()
                .url(postgres.url())
                .user(postgres.user())
                .password(postgres.password())
                .settings(pool -> pool.min(0).max(5).acquireTimeout(TIMEOUT));
    }

    @Test
    void aPoolThatHasConnectionsLivesOnWithThemAndGrowsLater() throws Exception {
        try (WeirDataSource dataSource =
                settings().startTimeout(Duration.ofSeconds(20)).build()) {
            fill();
            try (OutageLoad load = new OutageLoad(dataSource, 8)) {
                Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> load.good() > 1_000);
                assertThat(dataSource.snapshot().totals().opened()).isEqualTo(1);
                leave();
                Awaitility.await()
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> dataSource.snapshot().totals().opened() > 1);
                load.stop();
                assertThat(load.refused()).isZero();
                assertThat(load.longestWait()).isLessThan(TIMEOUT.plusMillis(500));
                assertThat(load.deadOnesAfter(0)).isEmpty();
            }
        }
    }

    @Test
    void aPoolWithoutConnectionsSaysWhyAndFindsTheFirstFreeOne() throws Exception {
        fill();
        try (WeirDataSource dataSource = settings().build()) {
            long asked = System.nanoTime();
            assertThatThrownBy(dataSource::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("too many clients");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(TIMEOUT.plusMillis(500));
            try (OutageLoad load = new OutageLoad(dataSource, 8)) {
                leave();
                long back = System.nanoTime();
                Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> load.good() > 100);
                load.stop();
                assertThat(load.firstGoodAfter(back)).isLessThan(Duration.ofSeconds(1));
            }
        }
    }
}
