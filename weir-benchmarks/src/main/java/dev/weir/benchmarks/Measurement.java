package dev.weir.benchmarks;

import dev.weir.benchmarks.Result.Failure;
import dev.weir.benchmarks.Result.Load;
import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;

/** One run of the head-to-head: row by row, fork by fork, and within each the pools take turns. */
final class Measurement {

    private final Path jdk;
    private final Effort effort;
    private final PrintStream progress;
    private final List<Load> loads = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Medians medians = new Medians();

    Measurement(Path jdk, Effort effort, PrintStream progress) {
        this.jdk = jdk;
        this.effort = effort;
        this.progress = progress;
    }

    Result run(List<Row> rows, List<String> pools) throws IOException, InterruptedException, SQLException {
        Machine machine = Machine.of(jdk, effort.name().toLowerCase(Locale.ROOT), pools);
        progress.printf(
                Locale.ROOT,
                "JDK %s, %d processors, load %.1f, %d pools%n",
                machine.jdk(),
                machine.cpus(),
                Machine.load(),
                pools.size());
        try (Forks forks = new Forks(jdk)) {
            for (Row row : rows) {
                if (row.needsVirtualThreads() && !Machine.hasVirtualThreads(jdk)) {
                    progress.println(
                            row.id() + ": left out, for JDK " + machine.jdk() + " has no virtual threads (--jdk)");
                    continue;
                }
                double load = Machine.load();
                long begin = System.nanoTime();
                measure(row, pools, forks);
                double seconds = (System.nanoTime() - begin) / 1e9;
                loads.add(new Load(row.id(), load, Machine.load(), seconds));
                progress.printf(Locale.ROOT, "%s: %.0f s, load %.1f before%n", row.id(), seconds, load);
            }
        }
        return new Result(machine, medians.figures(), List.copyOf(loads), List.copyOf(failures));
    }

    private void measure(Row row, List<String> pools, Forks forks)
            throws IOException, InterruptedException, SQLException {
        if (row != Row.POSTGRES) {
            takeTurns(row, pools, forks);
            return;
        }
        try (LocalPostgres server =
                LocalPostgres.builder().set("max_connections", "50").start()) {
            forks.server(server.url(), server.user(), server.password());
            PostgresWork.prepare(server.url(), server.user(), server.password());
            takeTurns(row, pools, forks);
        }
    }

    private void takeTurns(Row row, List<String> pools, Forks forks) throws InterruptedException {
        List<@Nullable Micro> variants = new ArrayList<>(row.micros());
        if (variants.isEmpty()) {
            variants.add(null);
        }
        int turns = row.takesLong() ? 1 : effort.forks;
        for (Micro variant : variants) {
            for (int turn = 0; turn < turns; turn++) {
                for (String pool : pools) {
                    try {
                        medians.add(
                                variant == null
                                        ? forks.measure(row, pool, effort)
                                        : variant.measure(row, pool, effort, forks));
                    } catch (IOException | RunnerException failed) {
                        failures.add(new Failure(row.id(), pool, String.valueOf(failed.getMessage())));
                        progress.println(row.id() + ", " + pool + ": " + failed.getMessage());
                    }
                }
            }
        }
    }
}
