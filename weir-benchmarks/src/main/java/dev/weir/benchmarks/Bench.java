package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contenders;
import dev.weir.benchmarks.socketio.SocketIoBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./weir bench}: Weir and its peers, side by side, in one run. */
@Command(
        name = "./weir bench",
        description = {
            "Measures Weir and its peers, side by side, in one run. Every figure comes from JVMs of its own, which take"
                    + " turns between the pools. The whole takes up to 40 minutes."
        },
        sortOptions = false,
        mixinStandardHelpOptions = false,
        subcommands = SocketIoBench.class,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0   all was measured",
            "  1   something could not be measured; the rest is there",
            "  2   the command line is wrong",
            "  130 stopped by Ctrl-C"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Bench implements Callable<Integer> {

    @Option(names = "--quick", description = "Under 3 minutes: fewer peers, shorter, enough to see the order.")
    private boolean quick;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "ID",
            description =
                    "The pools to measure beside Weir. Without it all, with --quick some of them. All: ${COMPLETION-CANDIDATES}",
            completionCandidates = Peers.class)
    private @Nullable List<String> peers;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "ROW",
            description = "The rows to measure: ${COMPLETION-CANDIDATES}",
            completionCandidates = Rows.class)
    private @Nullable List<String> only;

    @Option(
            names = "--jdk",
            paramLabel = "DIR",
            description = "The JDK that is measured. Without it the one that runs this, or, where that has no virtual"
                    + " threads, the newest found.")
    private @Nullable Path jdk;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to FILE (its fields: docs/cli.md).")
    private @Nullable Path json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this text.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setUsageHelpWidth(110);
    }

    @Override
    public Integer call() throws Exception {
        List<Row> rows = rows();
        List<String> pools = pools();
        Path measured = jdk == null ? Machine.withVirtualThreads() : jdk;
        if (!Files.isExecutable(measured.resolve("bin").resolve("java"))) {
            throw new ParameterException(spec.commandLine(), "--jdk: there is no bin/java in " + measured);
        }
        writable("--json", json);
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        Measurement measurement = new Measurement(measured, effort, System.err);
        Result result = measurement.run(rows, pools);
        System.out.print(Table.of(result));
        if (json != null) {
            JsonFile.write(result, json);
        }
        return result.failures().isEmpty() ? 0 : 1;
    }

    private List<Row> rows() {
        if (only == null) {
            return List.of(Row.values());
        }
        List<Row> rows = new ArrayList<>();
        for (String id : only) {
            try {
                rows.add(Row.valueOf(id.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw new ParameterException(spec.commandLine(), "--only: there is no row " + id, unknown);
            }
        }
        return rows;
    }

    private List<String> pools() {
        if (peers == null) {
            return quick ? Contenders.FEW : Contenders.ALL;
        }
        Set<String> pools = new LinkedHashSet<>(List.of(Contenders.WEIR));
        for (String id : peers) {
            if (id.isEmpty() || id.equals("none")) {
                continue;
            }
            if (!Contenders.ALL.contains(id)) {
                throw new ParameterException(spec.commandLine(), "--peers: there is no peer " + id);
            }
            pools.add(id);
        }
        return List.copyOf(pools);
    }

    /** Found out before half an hour has gone by. */
    private void writable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), option + ": cannot write " + file, e);
        }
    }

    static final class Peers extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Peers() {
            super(Contenders.ALL);
            remove(Contenders.WEIR);
            add("none");
        }
    }

    static final class Rows extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Rows() {
            for (Row row : Row.values()) {
                add(row.id());
            }
        }
    }
}
