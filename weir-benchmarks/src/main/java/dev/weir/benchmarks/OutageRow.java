package dev.weir.benchmarks;

import dev.weir.benchmarks.outage.Fault;
import dev.weir.benchmarks.outage.FaultyProxy;
import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The row {@code outage}: makes every fault happen to each pool, on a real PostgreSQL and through a network that can fail. In a
 * full run one pool after the other is alone with its fault; in a quick one they all suffer the same fault together.
 */
final class OutageRow {

    /** What becomes of a pool that cannot be measured. */
    @FunctionalInterface
    interface Failures {
        void add(Row row, String pool, String reason);
    }

    private static final int LEAD_MILLIS = 300;
    private static final int REST_MILLIS = 1_200;

    private final Path jdk;
    private final Effort effort;
    private final Forks forks;
    private final Failures failures;

    OutageRow(Path jdk, Effort effort, Forks forks, Failures failures) {
        this.jdk = jdk;
        this.effort = effort;
        this.forks = forks;
        this.failures = failures;
    }

    List<Figure> measure(List<String> pools) throws IOException, InterruptedException, SQLException {
        List<Figure> figures = new ArrayList<>();
        // Some pools leave connections behind after a fault.
        int connections = pools.size() * 50 + 20;
        try (LocalPostgres server = LocalPostgres.builder()
                        .set("max_connections", String.valueOf(connections))
                        .start();
                FaultyProxy proxy = FaultyProxy.to(server.port())) {
            for (List<String> together : effort == Effort.FULL ? singly(pools) : List.of(pools)) {
                List<Sufferer> sufferers = new ArrayList<>();
                try {
                    for (String pool : together) {
                        sufferers.add(new Sufferer(pool, jdk, effort, forks, server));
                    }
                    for (Fault fault : Fault.values()) {
                        figures.addAll(suffer(fault, sufferers, server, proxy));
                    }
                } finally {
                    for (Sufferer one : sufferers) {
                        one.end();
                    }
                }
            }
        }
        return figures;
    }

    private static List<List<String>> singly(List<String> pools) {
        return pools.stream().map(List::of).toList();
    }

    private List<Figure> suffer(Fault fault, List<Sufferer> all, LocalPostgres server, FaultyProxy proxy)
            throws IOException, InterruptedException, SQLException {
        int port = fault.isOfTheNetwork() ? proxy.port() : server.port();
        List<Sufferer> ready = new ArrayList<>();
        all.forEach(one -> one.begin(fault, port));
        for (Sufferer one : all) {
            if (one.hears("ready")) {
                ready.add(one);
            }
        }
        pause(LEAD_MILLIS);
        if (fault == Fault.HALF_OPEN) {
            ready.forEach(Sufferer::rest);
            ready.removeIf(one -> !one.hears("resting"));
            pause(REST_MILLIS);
        }
        happen(fault, ready, server, proxy);
        ready.forEach(Sufferer::over);
        List<Figure> figures = new ArrayList<>();
        for (Sufferer one : ready) {
            figures.addAll(one.figures());
        }
        for (Sufferer one : all) {
            String trouble = one.trouble();
            if (!trouble.isEmpty()) {
                failures.add(Row.OUTAGE, one.pool(), fault.title() + ": " + trouble);
                one.restart();
            }
        }
        return figures;
    }

    private void happen(Fault fault, List<Sufferer> ready, LocalPostgres server, FaultyProxy proxy)
            throws IOException, SQLException {
        int millis = fault.millis(effort != Effort.FULL);
        switch (fault) {
            case KILLED -> {
                server.kill();
                pause(millis);
                server.startAgain();
            }
            case FROZEN -> {
                server.freeze();
                pause(millis);
                server.thaw();
            }
            case RESTARTED -> server.restart();
            case FULL -> {
                limit(server, ready, 2);
                pause(millis);
                limit(server, ready, -1);
            }
            case BLACK_HOLED -> {
                proxy.swallow(true);
                proxy.reset();
                pause(millis);
                proxy.swallow(false);
            }
            case RESET -> proxy.reset();
            case HALF_OPEN -> proxy.forget();
            case SLOW -> {
                proxy.late(300);
                pause(millis);
                proxy.late(0);
            }
        }
    }

    /** How many connections the server gives to each; when there are to be fewer, all that there are end. */
    private static void limit(LocalPostgres server, List<Sufferer> all, int connections) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            for (Sufferer one : all) {
                statement.execute("alter role " + one.role() + " connection limit " + connections);
                if (connections >= 0) {
                    statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
                            + one.role() + "'");
                }
            }
        }
    }

    private static void pause(int millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
