package dev.weir.benchmarks;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of the head-to-head. */
@SuppressWarnings("ImmutableEnumChecker") // the lists cannot be changed, and no work has a state
enum Row {
    CYCLE(
            "getConnection and close, 32 connections",
            List.of(
                    new Micro("1 thread", "cycle", 1, 32),
                    new Micro("2 threads", "cycle", 2, 32),
                    new Micro("8 threads", "cycle", 8, 32))),
    CONTENDED(
            "getConnection and close, more threads than connections",
            List.of(new Micro("16 threads on 4", "cycle", 16, 4), new Micro("64 threads on 4", "cycle", 64, 4))),
    STATEMENT(
            "getConnection, prepareStatement, executeQuery, read one row, close all",
            List.of(new Micro("1 thread", "statement", 1, 32))),
    VIRTUAL("virtual threads, 20 leases of 1 ms each, on 16 connections", new VirtualWork()),
    FAIR("64 platform threads, leases of 1 ms, on 4 connections", new FairWork()),
    SPIKE("50 requests of 2 ms at once; 2 connections idle, at most 20, connects of 50 ms", new SpikeWork()),
    FOOTPRINT("what a pool costs: heap, threads, classes, jars, the first connection", new FootprintWork()),
    POSTGRES("a real PostgreSQL, 32 threads on 10 connections", new PostgresWork());

    private final String title;
    private final List<Micro> micros;
    private final @Nullable Work work;

    Row(String title, List<Micro> micros) {
        this.title = title;
        this.micros = micros;
        this.work = null;
    }

    Row(String title, Work work) {
        this.title = title;
        this.micros = List.of();
        this.work = work;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    /** What JMH measures for this row. */
    List<Micro> micros() {
        return micros;
    }

    /** What a fork does for this row, where JMH does not. */
    @Nullable Work work() {
        return work;
    }

    /** Whether the row needs virtual threads. */
    boolean needsVirtualThreads() {
        return this == VIRTUAL;
    }

    /** Whether one fork measures long enough by itself. */
    boolean takesLong() {
        return this == VIRTUAL || this == FAIR || this == POSTGRES;
    }
}
