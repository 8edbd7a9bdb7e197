package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ConnectionPoolManager;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.jdbc.WeirDataSourceBuilder;
import dev.weir.pool.MemoryWatch;
import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What advice predicts, on a real server, against what is saved when it is followed. */
class AdviceIT {

    private static final Percentage NEAR = Percentage.withPercentage(15);

    private static LocalPostgres postgres;

    private final ConnectionPoolManager manager = ConnectionPoolManager.create();
    private final ManagerProbe probe = new ManagerProbe(manager);

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = LocalPostgres.start();
        try (ConnectionPoolManager manager = ConnectionPoolManager.create();
                Connection connection = source(manager, Map.of(), 0, 1).getConnection()) {
            Statements.makeTable(connection);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static WeirDataSource source(
            ConnectionPoolManager manager, Map<String, String> properties, int min, int max) {
        WeirDataSourceBuilder builder = WeirDataSource.builder()
                .name("orders")
                .manager(manager)
                .url(postgres.url())
                .user(postgres.user())
                .password(postgres.password())
                .settings(pool -> pool.min(min).max(max).idleTimeout(Duration.ZERO));
        properties.forEach(builder::driverProperty);
        return builder.build();
    }

    private void watch() {
        manager.watchMemory(MemoryWatch.builder()
                .interval(Duration.ofMillis(500))
                .perPass(8)
                .bloatBytes(0)
                .bloatFactor(0)
                .build());
    }

    private MemoryAdvice awaitAdvice(String setting, boolean followed) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> probe.advice().stream()
                                .filter(one -> one.setting().equals(setting))
                                .filter(one -> (one.outcomeBytes() != null) == followed)
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    @Test
    void fewerConnectionsSaveWhatWasPredicted() throws SQLException, IOException {
        try (manager) {
            WeirDataSource source = source(manager, Map.of(), 8, 8);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> source.snapshot().idle(), idle -> idle == 8);
            Statements.runOnEach(source, 3, 60);
            for (int i = 0; i < 100; i++) {
                source.getConnection().close();
            }
            watch();
            MemoryAdvice advice = awaitAdvice("max", false);
            assertThat(advice.from()).isEqualTo("8");
            assertThat(advice.to()).isEqualTo("4");
            manager.watchMemory(null);
            long before = BackendMemory.ofChildren(postgres);
            source.pool().resize(0, 4);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> BackendMemory.count(postgres), count -> count == 4);
            long after = BackendMemory.ofChildren(postgres);
            assertThat(before - after).isCloseTo(advice.savesBytes(), NEAR);
            watch();
            assertNear(awaitAdvice("max", true), advice);
        }
    }

    @Test
    void fewerStatementsSaveWhatWasPredicted() throws SQLException {
        try (manager) {
            watch();
            WeirDataSource before = source(manager, Map.of(), 0, 3);
            Statements.runOnEach(before, 3, 100);
            MemoryAdvice advice = awaitAdvice("preparedStatementCacheQueries", false);
            before.close();
            WeirDataSource after = source(manager, Map.of("preparedStatementCacheQueries", advice.to()), 0, 3);
            Statements.runOnEach(after, 3, 100);
            MemoryAdvice outcome = awaitAdvice("preparedStatementCacheQueries", true);
            assertNear(outcome, advice);
        }
    }

    /** The margin is kept beside the outcome. */
    private static void assertNear(MemoryAdvice outcome, MemoryAdvice advice) {
        System.out.println(outcome);
        assertThat(outcome.savesBytes()).isEqualTo(advice.savesBytes());
        assertThat(outcome.outcomeBytes()).as("%s", outcome).isCloseTo(advice.savesBytes(), NEAR);
        assertThat(outcome.outcomeRatio()).isBetween(0.85, 1.15);
    }
}
