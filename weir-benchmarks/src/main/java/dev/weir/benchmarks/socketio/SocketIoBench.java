package dev.weir.benchmarks.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./weir bench socketio}: Weir's Socket.IO server and its peers, side by side, in one run. */
@Command(
        name = "socketio",
        description = {
            "Measures Weir's Socket.IO server and its peers, side by side, in one run. Servers and load are processes of"
                    + " their own, on this machine, over WebSocket; the peers take turns."
        },
        sortOptions = false,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0   all was measured",
            "  1   something could not be measured; the rest is there",
            "  2   the command line is wrong",
            "  130 stopped by Ctrl-C"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class SocketIoBench implements Callable<Integer> {

    @Option(names = "--quick", description = "Under 5 minutes: fewer connections, shorter, enough to see the order.")
    private boolean quick;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "ID",
            description = "The servers to measure: ${COMPLETION-CANDIDATES}. Without it all.",
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
            description = "The JDK that is measured, instead of the one that runs this.")
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

    @Override
    public Integer call() throws Exception {
        List<Row> rows = chosen("--only", only, List.of(Row.values()), Row::id);
        List<Peer> servers = chosen("--peers", peers, List.of(Peer.values()), Peer::id);
        Path measured = jdk == null ? Path.of(System.getProperty("java.home")) : jdk;
        if (!Files.isExecutable(measured.resolve("bin").resolve("java"))) {
            throw wrong("--jdk: there is no bin/java in " + measured);
        }
        if (json != null) {
            writable(json);
        }
        Size size = quick ? Size.QUICK : Size.FULL;
        Map<String, Object> environment = environment(measured);
        Consumer<String> progress = System.err::println;
        try (Comparison comparison = new Comparison(measured, size, progress)) {
            comparison.run(rows, servers);
            System.out.print(Report.of(comparison.figures()));
            if (json != null) {
                write(json, size, environment, comparison);
            }
            return comparison.failures().isEmpty() ? 0 : 1;
        }
    }

    private <T> List<T> chosen(String option, @Nullable List<String> ids, List<T> all, Function<T, String> id) {
        if (ids == null) {
            return all;
        }
        List<T> chosen = new ArrayList<>();
        for (String wanted : ids) {
            Supplier<ParameterException> unknown = () -> wrong(option + ": there is no " + wanted);
            chosen.add(all.stream()
                    .filter(one -> id.apply(one).equals(wanted))
                    .findFirst()
                    .orElseThrow(unknown));
        }
        return chosen;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Found out before the first minute has gone by. */
    private void writable(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw wrong("--json: cannot write " + file);
        }
    }

    private static Map<String, Object> environment(Path jdk) {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        environment.put("jdk", jdk.getFileName().toString());
        environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("cpus", Runtime.getRuntime().availableProcessors());
        environment.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return environment;
    }

    private static void write(Path file, Size size, Map<String, Object> environment, Comparison comparison)
            throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("verb", "bench socketio");
        document.put("size", size.name().toLowerCase(Locale.ROOT));
        document.put("environment", environment);
        document.put("figures", comparison.figures());
        document.put("failures", comparison.failures());
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), document);
    }

    static final class Peers extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Peers() {
            for (Peer peer : Peer.values()) {
                add(peer.id());
            }
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
