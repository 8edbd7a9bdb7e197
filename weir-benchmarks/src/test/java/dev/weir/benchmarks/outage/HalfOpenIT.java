package dev.weir.benchmarks.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.jdbc.WeirDataSource;
import dev.weir.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A firewall that forgets idle connections: the server lives, new connections work, old ones never answer. */
class HalfOpenIT {

    private static final int CONNECTIONS = 8;
    /** Far beyond the test's patience: whoever waited for one check would not be served. */
    private static final Duration CHECK_TIMEOUT = Duration.ofMinutes(10);

    @Test
    void requestsAreServedByNewConnectionsAndNotAfterTheChecksTimeLimit() throws Exception {
        ExecutorService borrowers = Executors.newFixedThreadPool(CONNECTIONS);
        try (LocalPostgres server = LocalPostgres.start();
                FaultyProxy network = FaultyProxy.to(server.port());
                WeirDataSource pool = WeirDataSource.builder()
                        .name("half-open")
                        .url(server.url().replace(":" + server.port() + "/", ":" + network.port() + "/"))
                        .user(server.user())
                        .password(server.password())
                        .settings(settings -> settings.min(0)
                                .max(CONNECTIONS)
                                .checkTimeout(CHECK_TIMEOUT)
                                .acquireTimeout(Duration.ofSeconds(60)))
                        .build()) {
            fill(pool);
            network.forget();
            suspectAll(pool);

            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                answers.add(borrowers.submit(() -> ask(pool)));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get(90, TimeUnit.SECONDS)).isEqualTo(1);
            }
            assertThat(pool.snapshot().totals().opened())
                    .as("each that was forgotten is replaced at most once")
                    .isBetween(CONNECTIONS + 1L, 2L * CONNECTIONS);
        } finally {
            borrowers.shutdownNow();
        }
    }

    private static void fill(WeirDataSource pool) throws SQLException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            all.add(pool.getConnection());
        }
        for (Connection each : all) {
            each.close();
        }
    }

    /** As if they had rested: each is checked before it is lent. */
    private static void suspectAll(WeirDataSource pool) {
        pool.pool().endpointSuspect(null);
    }

    private static int ask(WeirDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1")) {
            row.next();
            return row.getInt(1);
        }
    }
}
