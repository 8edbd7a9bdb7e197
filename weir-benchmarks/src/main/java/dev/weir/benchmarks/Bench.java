package dev.weir.benchmarks;

import dev.weir.benchmarks.compare.Compare;
import dev.weir.benchmarks.contender.Contenders;
import dev.weir.benchmarks.socketio.SocketIoBench;
import dev.weir.benchmarks.tenants.TenantsBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
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
        subcommands = {SocketIoBench.class, TenantsBench.class},
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0   all was measured",
            "  1   something could not be measured; the rest is there",
            "  2   the command line is wrong",
            "  130 stopped by Ctrl-C"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Bench implements Callable<Integer> {

    @Option(
            names = "--quick",
            description =
                    "About 4 minutes: shorter, each pool once, the best five peers unless --peers names others, and without"
                            + " the rows overhead and dashboard unless --only names them; enough to see the order.")
    private boolean quick;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "ID",
            description =
                    "The pools to measure beside Weir, or none. Without it all; those that end in -defaults run without"
                            + " the safety that others have by default. All: ${COMPLETION-CANDIDATES}",
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
            paramLabel = "JDK",
            description =
                    "The JDK that is measured: a directory, a version such as 25, or newest. Without it the one that"
                            + " runs this. The row virtual runs on the newest there is, where that one has no virtual threads.")
    private @Nullable String jdk;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to FILE (its fields: docs/cli.md).")
    private @Nullable Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with charts to FILE; it needs nothing else.")
    private @Nullable Path html;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this text.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** The program: {@code compare} is a verb of its own at the front door, and the rest is {@code bench}. */
    public static void main(String[] arguments) {
        boolean compare = arguments.length > 0 && arguments[0].equals("compare");
        System.exit(
                compare
                        ? Compare.commandLine().execute(Arrays.copyOfRange(arguments, 1, arguments.length))
                        : commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setUsageHelpWidth(110);
    }

    @Override
    public Integer call() throws Exception {
        List<Row> rows = rows();
        List<String> pools = pools();
        Path measured = measured();
        writable("--json", json);
        writable("--html", html);
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        Measurement measurement = new Measurement(measured, effort, System.err);
        Result result = measurement.run(rows, pools);
        System.out.print(Table.of(result));
        if (json != null) {
            JsonFile.write(result, json);
        }
        if (html != null) {
            HtmlPage.write(result, html);
        }
        return result.failures().isEmpty() ? 0 : 1;
    }

    private Path measured() throws IOException {
        if (jdk == null) {
            return Jdks.own();
        }
        return Jdks.find(jdk)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--jdk: there is no JDK " + jdk
                                + "; give a directory with bin/java in it, a version, or newest"));
    }

    private List<Row> rows() {
        if (only == null) {
            return Arrays.stream(Row.values())
                    .filter(row -> !quick || !row.comparesWeirWithItself())
                    .toList();
        }
        List<Row> rows = new ArrayList<>();
        for (String id : only) {
            try {
                rows.add(Row.of(id));
            } catch (IllegalArgumentException unknown) {
                throw new ParameterException(spec.commandLine(), "--only: there is no row " + id, unknown);
            }
        }
        return rows;
    }

    private List<String> pools() {
        if (peers == null) {
            return quick ? Contenders.CLOSEST : Contenders.ALL;
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
