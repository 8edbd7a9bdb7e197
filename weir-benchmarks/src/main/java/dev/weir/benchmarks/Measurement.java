package dev.weir.benchmarks;

import dev.weir.benchmarks.Result.Load;
import dev.weir.benchmarks.Result.Note;
import dev.weir.postgres.LocalPostgres;
import dev.weir.redis.local.LocalRedis;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** One run of the head-to-head: row by row, fork by fork, and within each the pools take turns. */
final class Measurement {

    private final Path jdk;
    private final Effort effort;
    private final PrintStream progress;
    private final List<Load> loads = new ArrayList<>();
    private final List<Note> failures = new ArrayList<>();
    private final List<Note> remarks = new ArrayList<>();
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
                CpuTimes.load(),
                pools.size());
        try (Forks forks = new Forks()) {
            for (List<Row> together : together(rows)) {
                double load = CpuTimes.load();
                CpuTimes cpu = CpuTimes.now();
                long begin = System.nanoTime();
                measure(together, pools, forks);
                double seconds = (System.nanoTime() - begin) / 1e9 / together.size();
                CpuTimes after = CpuTimes.now();
                for (Row row : together) {
                    loads.add(new Load(
                            row.id(), load, CpuTimes.load(), after.othersSince(cpu), after.stolenSince(cpu), seconds));
                    progress.printf(
                            Locale.ROOT,
                            "%s: %.0f s, load %.1f before, others took %.0f %%%n",
                            row.id(),
                            seconds,
                            load,
                            after.othersSince(cpu));
                }
            }
        }
        return new Result(machine, medians.figures(), List.copyOf(loads), List.copyOf(failures), List.copyOf(remarks));
    }

    /** The rows, those in one list that share the JVMs of their pools. */
    private List<List<Row>> together(List<Row> rows) {
        List<List<Row>> together = new ArrayList<>();
        List<Row> micros = new ArrayList<>();
        for (Row row : rows) {
            if (effort.separates() || !(row.work() instanceof Micros)) {
                together.add(List.of(row));
            } else {
                if (micros.isEmpty()) {
                    together.add(micros);
                }
                micros.add(row);
            }
        }
        return together;
    }

    private void measure(List<Row> rows, List<String> pools, Forks forks)
            throws IOException, InterruptedException, SQLException {
        Row row = rows.get(0);
        if (row.needsVirtualThreads() && Jdks.withVirtualThreads(jdk).isEmpty()) {
            remarks.add(new Note(row.id(), "", "no JDK of 21 or later was found (--jdk)"));
        } else if (row == Row.OUTAGE) {
            OutageRow outage = new OutageRow(jdk, effort, forks, this::failed);
            medians.add(outage.measure(row.of(pools)));
        } else if (row == Row.POSTGRES || row == Row.OVERHEAD || row == Row.DASHBOARD) {
            try (LocalPostgres server =
                    LocalPostgres.builder().set("max_connections", "50").start()) {
                forks.server(server.url(), server.user(), server.password());
                PostgresWork.prepare(server.url(), server.user(), server.password());
                takeTurns(rows, pools, forks);
            }
        } else if (row == Row.REDIS) {
            try (LocalRedis server = LocalRedis.start()) {
                forks.server(server.url(), "", "");
                takeTurns(rows, pools, forks);
            }
        } else {
            takeTurns(rows, pools, forks);
        }
    }

    private void takeTurns(List<Row> rows, List<String> pools, Forks forks) throws IOException, InterruptedException {
        Row first = rows.get(0);
        long begin = System.nanoTime();
        long slice = effort.slice(first).toNanos();
        for (int turn = 0; turn < effort.turns(first); turn++) {
            long spent = System.nanoTime() - begin;
            if (turn > 0 && spent + spent / turn > slice) {
                progress.printf(
                        "%s: %d turns instead of %d, for want of time%n", first.id(), turn, effort.turns(first));
                return;
            }
            if (effort.separates()) {
                for (Piece piece : Piece.of(first)) {
                    measure(pool -> List.of(piece), first.of(pools), forks);
                }
            } else {
                measure(pool -> pieces(rows, pools, pool), unionOf(rows, pools), forks);
            }
        }
    }

    private static List<String> unionOf(List<Row> rows, List<String> pools) {
        return rows.stream().flatMap(row -> row.of(pools).stream()).distinct().toList();
    }

    private static List<Piece> pieces(List<Row> rows, List<String> pools, String pool) {
        return rows.stream()
                .filter(row -> row.of(pools).contains(pool))
                .flatMap(row -> Piece.of(row).stream())
                .toList();
    }

    private void measure(Function<String, List<Piece>> pieces, List<String> pools, Forks forks)
            throws IOException, InterruptedException {
        Map<String, Future<Forks.Answer>> answers = new LinkedHashMap<>();
        ExecutorService parents = null;
        try {
            for (String pool : pools) {
                List<Piece> all = pieces.apply(pool);
                Row row = all.get(0).row();
                Optional<String> lacking = row.lacks(pool);
                if (lacking.isPresent()) {
                    remarks.add(new Note(row.id(), pool, lacking.get()));
                    continue;
                }
                if (parents == null) {
                    parents = Executors.newFixedThreadPool(effort.atOnce(row));
                }
                answers.put(pool, parents.submit(() -> forks.measure(jdkOf(row), all, pool, effort)));
            }
            for (Map.Entry<String, Future<Forks.Answer>> answer : answers.entrySet()) {
                String pool = answer.getKey();
                take(answer.getValue().get(), pieces.apply(pool), pool, forks);
            }
        } catch (ExecutionException failed) {
            throw new IOException("cannot start a JVM", failed);
        } finally {
            if (parents != null) {
                parents.shutdownNow();
            }
        }
    }

    /** A piece that failed does not keep those after it from being measured. */
    private void take(Forks.Answer first, List<Piece> all, String pool, Forks forks)
            throws IOException, InterruptedException {
        Forks.Answer answer = first;
        List<Piece> left = all;
        while (true) {
            answer.pieces().forEach(medians::add);
            int done = answer.pieces().size();
            if (done == left.size()) {
                return;
            }
            Piece failed = left.get(done);
            failed(failed.row(), pool, failed.variant() + ": " + answer.failure());
            left = left.subList(done + 1, left.size());
            if (left.isEmpty()) {
                return;
            }
            answer = forks.measure(jdkOf(left.get(0).row()), left, pool, effort);
        }
    }

    private Path jdkOf(Row row) throws IOException {
        return row.needsVirtualThreads() ? Jdks.withVirtualThreads(jdk).orElse(jdk) : jdk;
    }

    private void failed(Row row, String pool, String reason) {
        String what = reason.startsWith(": ") ? reason.substring(2) : reason;
        failures.add(new Note(row.id(), pool, what));
        progress.println(
                row.id() + ", " + pool + ": " + what.lines().findFirst().orElse(""));
    }
}
