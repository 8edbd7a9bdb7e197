package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ConnectionPoolManager;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.pool.MemoryWatch;
import dev.weir.pool.SlotWeight;
import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The column "server side" against what Linux says of PostgreSQL's processes. */
class ServerSideIT {

    private static final int CONNECTIONS = 4;

    private static LocalPostgres postgres;

    @BeforeAll
    static void start() throws IOException, SQLException {
        postgres = LocalPostgres.start();
        try (WeirDataSource source = source(ConnectionPoolManager.create(), 1);
                Connection connection = source.getConnection()) {
            Statements.makeTable(connection);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private static WeirDataSource source(ConnectionPoolManager manager, int connections) {
        return WeirDataSource.builder()
                .name("orders")
                .manager(manager)
                .url(postgres.url())
                .user(postgres.user())
                .password(postgres.password())
                .settings(pool -> pool.min(0).max(connections).idleTimeout(Duration.ZERO))
                .build();
    }

    private static OwnerMemory orders(ConnectionPoolManager manager) {
        MemoryReport report = ProcessMemoryAnalyzer.builder()
                .probe(new ManagerProbe(manager))
                .build()
                .analyze();
        return report.owners().stream()
                .filter(owner -> owner.name().equals("orders"))
                .findFirst()
                .orElseThrow();
    }

    private static MemoryWatch.Builder watch() {
        return MemoryWatch.builder()
                .interval(Duration.ofMillis(500))
                .perPass(CONNECTIONS)
                .bloatBytes(0)
                .bloatFactor(0);
    }

    @Test
    void withLivePlansItIsWhatTheProcessesHold() throws SQLException, IOException {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create()) {
            WeirDataSource source = source(manager, CONNECTIONS);
            Statements.runOnEach(source, CONNECTIONS, 100);
            assertThat(orders(manager).columns().serverSide().basis()).isEqualTo(Basis.UNKNOWN);
            manager.watchMemory(watch().build());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(source.pool().weights()).hasSize(CONNECTIONS));
            manager.watchMemory(null);
            long truth = privateBytes(source);
            OwnerMemory owner = orders(manager);
            MemoryFigure column = owner.columns().serverSide();
            assertThat(column.basis()).isEqualTo(Basis.MEASURED);
            assertThat((double) column.bytes()).isBetween(truth * 0.9, truth * 1.1);
            assertThat(owner.lowBytes()).isLessThanOrEqualTo(owner.bytes());
            assertThat(owner.evidence())
                    .anySatisfy(line -> assertThat(line)
                            .contains("4 of 4 connections weighed")
                            .contains("pg_backend_memory_contexts"));
            long contexts = source.pool().weights().stream()
                    .mapToLong(one -> one.weight().serverUsedBytes())
                    .sum();
            assertThat((double) contexts)
                    .as("the server's own account, which is all there is of a server elsewhere")
                    .isBetween(truth * 0.9, truth * 1.1);
            assertThat(source.pool().weights())
                    .extracting(SlotWeight::weight)
                    .allSatisfy(weight -> assertThat(weight.statements()).isGreaterThanOrEqualTo(100));
        }
    }

    private static long privateBytes(WeirDataSource source) throws SQLException, IOException {
        List<Connection> open = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < CONNECTIONS; i++) {
            Connection connection = source.getConnection();
            open.add(connection);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
                row.next();
                bytes += BackendMemory.of(Path.of("/proc", row.getString(1)));
            }
        }
        for (Connection connection : open) {
            connection.close();
        }
        return bytes;
    }

    @Test
    void memoryThatWasFreedAndIsKeptIsFlagged() throws SQLException {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create()) {
            WeirDataSource source = source(manager, 1);
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.executeQuery("select repeat('x', 20000000)").close();
            }
            manager.watchMemory(watch().build());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(source.pool().weights()).hasSize(1));
            assertThat(orders(manager).evidence())
                    .anySatisfy(line -> assertThat(line).contains("kept by the server's allocator"));
        }
    }
}
