package dev.weir.server;

import dev.weir.server.config.ConfigException;
import dev.weir.server.config.HumanDuration;
import dev.weir.server.config.RunPlan;
import dev.weir.server.run.ReportFile;
import dev.weir.server.run.ReportText;
import dev.weir.server.run.RunJob;
import dev.weir.server.run.RunReport;
import dev.weir.server.run.Signals;
import dev.weir.server.run.Stop;
import dev.weir.server.screen.LiveScreen;
import dev.weir.server.screen.PlainScreen;
import dev.weir.server.screen.Screen;
import dev.weir.server.screen.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code weir run}: carries a real load on a real PostgreSQL, a Redis and an HTTP endpoint through Weir's pools, and shows it. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Carries a real load on a real PostgreSQL, a Redis and an HTTP endpoint through Weir's pools, and shows it.",
            "",
            "Without options: an embedded PostgreSQL 17 in a temporary directory, TPC-B at scale 10, three pools (shared, "
                    + "frugal, performance) and 16 virtual users; beside it an embedded Redis and an HTTP endpoint, with a "
                    + "pool and 4 users each; all under one memory budget, until Ctrl-C. Ctrl-C ends it in order, once more "
                    + "ends it at once; neither leaves a process or a file.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 all is well; 1 an error occurred, an invariant is broken or something was left behind; "
                    + "2 wrong usage or configuration; 130 interrupted before it was done.",
            "docs/cli.md describes the result's fields, docs/example.yaml the configuration."
        })
final class RunCommand implements Callable<Integer> {

    private static final int LINE_EVERY_SECONDS = 5;

    /** Held here, because a logger that nobody holds forgets its level. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file that configures everything; the options override it.")
    private @Nullable Path config;

    @Option(
            names = "--duration",
            paramLabel = "D",
            converter = Durations.class,
            description = "How long the load lasts: 20s, 2m, 1m30s, PT20S. Default: until Ctrl-C.")
    private @Nullable Duration duration;

    @Option(
            names = "--load",
            paramLabel = "N",
            description = "Virtual users of TPC-B, over all its pools. Default: 16.")
    private @Nullable Integer load;

    @Option(names = "--scale", paramLabel = "S", description = "Scale of TPC-B: 100,000 accounts each. Default: 10.")
    private @Nullable Integer scale;

    @ArgGroup(exclusive = false, heading = "Beside the database:%n")
    private OtherOptions others = new OtherOptions();

    @ArgGroup(exclusive = false, heading = "Working on a database of yours:%n")
    private DatabaseOptions database = new DatabaseOptions();

    @ArgGroup(exclusive = false, heading = "A page about the run:%n")
    private DashboardOptions dashboard = new DashboardOptions();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to FILE, in one piece.")
    private @Nullable Path json;

    @Option(names = "--no-color", description = "No colours; the environment variable NO_COLOR does the same.")
    private boolean noColor;

    @Option(names = "--plain", description = "Lines instead of a live table, on a terminal too.")
    private boolean plain;

    static final class Durations implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                return HumanDuration.parse(text);
            } catch (IllegalArgumentException unreadable) {
                throw new TypeConversionException(unreadable.getMessage());
            }
        }
    }

    @Override
    public Integer call() {
        DRIVER.setLevel(Level.OFF);
        Terminal terminal = new Terminal();
        PrintWriter err = spec.commandLine().getErr();
        ReportFile file = json == null ? null : new ReportFile(json);
        RunPlan plan;
        try {
            plan = new Planner(config, duration, load, scale, database, others, dashboard).plan(err::println);
            if (file != null) {
                file.prepare();
            }
        } catch (ConfigException | IOException unusable) {
            err.println("weir run: " + unusable.getMessage());
            return ExitCode.USAGE;
        }
        Screen screen = screen(terminal);
        Stop stop = new Stop();
        CountDownLatch done = new CountDownLatch(1);
        Signals.route(() -> request(stop, screen), done);
        try {
            RunReport report = new RunJob(plan, screen, stop).run();
            return finish(report, file, screen);
        } finally {
            done.countDown();
        }
    }

    private static void request(Stop stop, Screen screen) {
        screen.say(stop.isRequested() ? "Stopping at once" : "Stopping in order; Ctrl-C again stops at once");
        stop.request();
    }

    private static int finish(RunReport report, @Nullable ReportFile file, Screen screen) {
        ReportText.lines(report).forEach(screen::say);
        if (report.failure() != null) {
            screen.warn("weir run: " + report.failure());
        }
        if (file != null) {
            try {
                file.write(report);
                screen.say("Result written to " + file.path());
            } catch (IOException lost) {
                screen.warn("weir run: the result could not be written: " + lost.getMessage());
                return ExitCode.FAILED;
            }
        }
        return ExitCode.of(report);
    }

    private Screen screen(Terminal terminal) {
        PrintStream out = System.out;
        if (plain || !Terminal.isInteractive(System.getenv())) {
            return new PlainScreen(out, System.err, LINE_EVERY_SECONDS);
        }
        terminal.measure();
        Signals.onResize(terminal::measure);
        boolean color = !noColor && System.getenv("NO_COLOR") == null;
        return new LiveScreen(out, terminal::width, color);
    }
}
