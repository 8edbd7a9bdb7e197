package dev.weir.server;

import dev.weir.check.Check;
import dev.weir.check.CheckException;
import dev.weir.check.Given;
import dev.weir.check.Report;
import dev.weir.check.report.JsonReport;
import dev.weir.check.report.SarifReport;
import dev.weir.check.report.TextReport;
import dev.weir.check.rule.Rule;
import dev.weir.check.rule.Rules;
import dev.weir.server.config.Passwords;
import dev.weir.server.run.ReportFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir check}: audits a configuration, a running JVM or a server against written rules. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Audits a configuration, a running JVM or a server against written rules. Nothing is concluded from what is not "
                    + "known, no password is shown, and nothing is changed.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 nothing, or notes only; 6 warnings; 7 errors; 1 the result could not be written; 2 wrong usage, or "
                    + "the target cannot be read.",
            "docs/check.md lists the rules and describes what is read."
        })
final class CheckCommand implements Callable<Integer> {

    /** Held here, because a logger that nobody holds forgets its level. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|PID|URL",
            description =
                    "A file: weir run's YAML, a pool's properties (HikariCP, Weir, DBCP2, Tomcat JDBC, c3p0), Spring Boot's "
                            + "application.yml or .properties. A process: a JVM of yours on this machine. A URL: jdbc:... asks a "
                            + "database server for its limits, http://HOST:PORT a running Weir for its pools.")
    private @Nullable String target;

    @ArgGroup(exclusive = false, heading = "What is known beside:%n")
    private CheckOptions options = new CheckOptions();

    @Option(
            names = "--server",
            paramLabel = "jdbc:...",
            description = "Asks this database server for its limits: connections, idle timeouts.")
    private @Nullable String server;

    @Option(names = "--user", paramLabel = "NAME", description = "With jdbc:... whom to log in as.")
    private String user = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description =
                    "With jdbc:... the password is the first line of FILE. Else the environment variable WEIR_PASSWORD.")
    private @Nullable Path passwordFile;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to FILE, in one piece.")
    private @Nullable Path json;

    @Option(names = "--sarif", paramLabel = "FILE", description = "Write the result to FILE as SARIF 2.1.0.")
    private @Nullable Path sarif;

    @Option(names = "--rules", description = "List the rules and end.")
    private boolean rules;

    @Override
    public Integer call() {
        DRIVER.setLevel(Level.OFF);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (rules) {
            for (Rule rule : Rules.ALL) {
                out.printf("%s %-7s %s%n", rule.number(), rule.severity(), rule.title());
            }
            return ExitCode.OK;
        }
        if (target == null) {
            err.println("weir check: say what to check: a file, the id of a process, or a URL (--help)");
            return ExitCode.USAGE;
        }
        Given given = options.given(spec);
        Report report;
        try {
            for (Path file : new Path[] {json, sarif}) {
                if (file != null) {
                    new ReportFile(file).prepare();
                }
            }
            report = report(target, server == null ? given : Check.server(server, user, password(), given));
        } catch (CheckException | IOException | IllegalArgumentException unusable) {
            err.println("weir check: " + unusable.getMessage());
            return ExitCode.USAGE;
        }
        TextReport.lines(report).forEach(out::println);
        return write(report, err);
    }

    private Report report(String what, Given given) throws CheckException {
        if (what.matches("\\d{1,10}") && !Files.exists(Path.of(what))) {
            return Check.process(Long.parseLong(what), given);
        }
        // A drive letter of Windows is no scheme.
        return what.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
                ? Check.url(what, user, password(), given)
                : Check.file(Path.of(what), what, given);
    }

    private String password() {
        if (passwordFile != null) {
            return Passwords.fromFile(passwordFile).reveal();
        }
        return Objects.requireNonNullElse(System.getenv("WEIR_PASSWORD"), "");
    }

    private int write(Report report, PrintWriter err) {
        try {
            if (json != null) {
                new ReportFile(json).write(JsonReport.text(report, Version.text()));
            }
            if (sarif != null) {
                new ReportFile(sarif).write(SarifReport.text(report, Version.text()));
            }
        } catch (IOException lost) {
            err.println("weir check: the result could not be written: " + lost.getMessage());
            return ExitCode.FAILED;
        }
        return ExitCode.of(report);
    }
}
