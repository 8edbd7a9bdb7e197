package dev.weir.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.ChartPage;
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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./weir compare}: a service before and after Weir, under the same load. */
@Command(
        name = "./weir compare",
        description = {
            "Runs the same service on the pools it had before and on Weir, under the same load, and reports the memory of"
                    + " the whole, PostgreSQL and Redis included, beside throughput and latency. Needs Linux, and some 4 GB."
        },
        sortOptions = false,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0   all was measured",
            "  1   something could not be measured, or work failed; the rest is there",
            "  2   the command line is wrong",
            "  130 stopped by Ctrl-C"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Compare implements Callable<Integer> {

    @Option(
            names = "--quick",
            description =
                    "Under 4 minutes: less load, and no setting by itself or step by step; enough to see the megabytes.")
    private boolean quick;

    @Option(
            names = "--shapes",
            split = ",",
            paramLabel = "SHAPE",
            description = "The statements to compare with: ${COMPLETION-CANDIDATES}. Without it all.",
            completionCandidates = Shapes.class)
    private @Nullable List<String> shapes;

    @Option(
            names = "--jdk",
            paramLabel = "DIR",
            description = "The JDK of the service, instead of the one that runs this.")
    private @Nullable Path jdk;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to FILE (its fields: docs/cli.md).")
    private @Nullable Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page with charts to FILE; it needs nothing else.")
    private @Nullable Path html;

    /** For tests: whether it runs at all. */
    @Option(names = "--smoke", hidden = true)
    private boolean smoke;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this text.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Spec
    private CommandSpec spec;

    /** The program's command line. */
    public static CommandLine commandLine() {
        return new CommandLine(new Compare()).setUsageHelpWidth(110);
    }

    @Override
    public Integer call() throws Exception {
        Path measured = jdk == null ? Path.of(System.getProperty("java.home")) : jdk;
        if (!Files.isExecutable(measured.resolve("bin").resolve("java"))) {
            throw wrong("--jdk: there is no bin/java in " + measured);
        }
        if (!Files.exists(Path.of("/proc/self/smaps_rollup"))) {
            throw wrong("there is no /proc/self/smaps_rollup here: compare needs Linux from 4.14 on");
        }
        List<Shape> wanted = wanted();
        writable("--json", json);
        writable("--html", html);
        Size size = smoke ? Size.SMOKE : quick ? Size.QUICK : Size.FULL;
        Map<String, Object> environment = environment(measured);
        Consumer<String> progress = System.err::println;
        try (Comparison comparison = new Comparison(measured, size, progress)) {
            comparison.run(wanted);
            System.out.print(Report.of(comparison.shapes(), comparison.settings(), comparison.steps()));
            JsonNode document = document(size, environment, comparison);
            if (json != null) {
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(json.toFile(), document);
            }
            if (html != null) {
                Files.writeString(html, ChartPage.of(Compare.class, "compare.html", document));
            }
            boolean clean = comparison.shapes().stream()
                    .allMatch(shape -> shape.after().failed() + shape.advised().failed() == 0);
            return comparison.failures().isEmpty() && clean ? 0 : 1;
        }
    }

    private List<Shape> wanted() {
        if (shapes == null) {
            return List.of(Shape.values());
        }
        List<Shape> wanted = new ArrayList<>();
        for (String id : shapes) {
            try {
                wanted.add(Shape.valueOf(id.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw wrong("--shapes: there is no " + id);
            }
        }
        return wanted;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** Found out before the first minute has gone by. */
    private void writable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw wrong(option + ": cannot write " + file);
        }
    }

    private static Map<String, Object> environment(Path jdk) {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        environment.put("jdk", String.valueOf(jdk.getFileName()));
        environment.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("cpus", Runtime.getRuntime().availableProcessors());
        environment.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        return environment;
    }

    private static JsonNode document(Size size, Map<String, Object> environment, Comparison comparison) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("verb", "compare");
        document.put("mode", size.name().toLowerCase(Locale.ROOT));
        document.put("environment", environment);
        document.put("shapes", comparison.shapes());
        document.put("settings", comparison.settings());
        document.put("steps", comparison.steps());
        document.put("advised", Setting.ADVISED.stream().map(Setting::text).toList());
        document.put("failures", comparison.failures());
        return new ObjectMapper().valueToTree(document);
    }

    static final class Shapes extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Shapes() {
            for (Shape shape : Shape.values()) {
                add(shape.name().toLowerCase(Locale.ROOT));
            }
        }
    }
}
