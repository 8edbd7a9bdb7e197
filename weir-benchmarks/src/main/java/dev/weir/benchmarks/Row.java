package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contenders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rows of the head-to-head, in the order in which they are measured. */
@SuppressWarnings("ImmutableEnumChecker") // no work has a state
enum Row {
    ENGINE(
            "the engine alone: lease and giveBack without JDBC, on connections that do nothing",
            Micros.of(
                    new Micro("1 thread", EngineBench.class, "lease", 1, 32),
                    new Micro("2 threads", EngineBench.class, "lease", 2, 32),
                    new Micro("16 threads on 4", EngineBench.class, "lease", 16, 4),
                    new Micro("64 threads on 4", EngineBench.class, "lease", 64, 4)),
            Who.WEIR),
    CYCLE(
            "getConnection and close, 32 connections",
            Micros.of(
                    new Micro("1 thread", LeaseBench.class, "cycle", 1, 32),
                    new Micro("2 threads", LeaseBench.class, "cycle", 2, 32),
                    new Micro("8 threads", LeaseBench.class, "cycle", 8, 32)),
            Who.ALL),
    CONTENDED(
            "getConnection and close, more threads than connections; a borrower gives up after 2 s",
            Micros.of(
                    new Micro("16 threads on 4", LeaseBench.class, "cycle", 16, 4),
                    new Micro("64 threads on 4", LeaseBench.class, "cycle", 64, 4)),
            Who.ALL),
    STATEMENT(
            "getConnection, prepareStatement, executeQuery, read one row, close all",
            Micros.of(new Micro("1 thread", LeaseBench.class, "statement", 1, 32)),
            Who.ALL),
    VIRTUAL("virtual threads, 20 leases of 1 ms each, on 16 connections", new VirtualWork(), Who.EQUAL),
    FAIR("64 platform threads, leases of 1 ms, on 4 connections", new FairWork(), Who.EQUAL),
    SPIKE("50 requests of 2 ms at once; 2 connections idle, at most 20, connects of 50 ms", new SpikeWork(), Who.EQUAL),
    POSTGRES("a real PostgreSQL, 32 threads on 10 connections", new PostgresWork(), Who.ALL),
    REDIS("SET and GET on a real Redis, 8 connections, through Jedis and Lettuce", new RedisWork(), Who.CLIENTS),
    HTTP("GET on loopback, 8 connections, through Apache HttpClient", new HttpWork(), Who.CLIENTS),
    OUTAGE("faults of a real PostgreSQL and of the network, 8 threads on 8 connections", Work.ELSEWHERE, Who.ALL),
    CHURN("12 threads, leases of 1 ms, 10 connections that are replaced by the second", new ChurnWork(), Who.EQUAL),
    FOOTPRINT("what a pool costs: heap, threads, classes, jars, the first connection", new FootprintWork(), Who.EQUAL),
    SCALE("a model of acquire and release with more cores, connections and waiters", new ScaleWork(), Who.WEIR),
    OVERHEAD(
            "everything that watches on (events, Micrometer, JMX, Flight Recorder) against everything off",
            new OverheadWork(),
            Who.WEIR),
    DASHBOARD(
            "an open page of the dashboard, and the statistics of statements, against neither",
            new DashboardWork(),
            Who.WEIR);

    /** Which pools a row is about. */
    enum Who {
        /** Every pool, also as it comes: what its default leaves out costs time, or loses something, here. */
        ALL,
        /** Every pool, with the same safety. */
        EQUAL,
        /** Weir alone. */
        WEIR,
        /** Clients of its own, on Weir's pools and on those that come with them. */
        CLIENTS
    }

    private final String title;
    private final Work work;
    private final Who who;

    Row(String title, Work work, Who who) {
        this.title = title;
        this.work = work;
        this.who = who;
    }

    /** The row of this id. */
    static Row of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    /** What a fork does for this row. */
    Work work() {
        return work;
    }

    /** Whom the row is about, of these pools; Weir's only where there is no other. */
    List<String> of(List<String> pools) {
        return switch (who) {
            case ALL -> pools;
            case EQUAL ->
                pools.stream().filter(pool -> !Contenders.asItComes(pool)).toList();
            case CLIENTS ->
                work.contenders().stream()
                        .filter(client -> pools.size() > 1 || client.startsWith(Contenders.WEIR))
                        .toList();
            case WEIR -> pools.stream().filter(Contenders.WEIR::equals).toList();
        };
    }

    /** Whether it tells what a part of Weir costs, and nothing of other pools. */
    boolean comparesWeirWithItself() {
        return this == OVERHEAD || this == DASHBOARD;
    }

    /** Why there is nothing to measure for a pool, or empty. */
    Optional<String> lacks(String pool) {
        return this == CHURN && !Contenders.of(pool).hasLifetime()
                ? Optional.of("it has no setting for a connection's lifetime")
                : Optional.empty();
    }

    /** Whether the row needs virtual threads. */
    boolean needsVirtualThreads() {
        return this == VIRTUAL || this == REDIS;
    }
}
