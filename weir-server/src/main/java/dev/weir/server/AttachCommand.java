package dev.weir.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weir.memory.AttachException;
import dev.weir.memory.MemoryAttach;
import dev.weir.memory.MemoryReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir attach}: who owns the memory of another JVM. */
@Command(
        name = "attach",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Measures who owns the memory of a running HotSpot JVM (17 or later) of the same user, which needs no preparation: "
                    + "attaches an agent, finds the pools and clients, weighs them, and leaves.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 reported; 1 the process cannot be attached to or did not answer; 2 wrong usage.",
            "docs/memory.md says what is measured how, docs/cli.md describes the result's fields."
        })
final class AttachCommand implements Callable<Integer> {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "PID", description = "The JVM's process id; jcmd -l lists them.")
    private long pid;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report to FILE.")
    private @Nullable Path json;

    @Option(
            names = "--watch",
            paramLabel = "N",
            description = "Again every N seconds, until Ctrl-C or the process ends.")
    private @Nullable Integer watch;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        if (watch != null && watch < 1) {
            err.println("weir attach: --watch takes seconds, 1 or more: " + watch);
            return ExitCode.USAGE;
        }
        try {
            report();
            while (watch != null) {
                TimeUnit.SECONDS.sleep(watch);
                report();
            }
            return ExitCode.OK;
        } catch (AttachException refused) {
            err.println("weir attach: " + refused.getMessage());
            return ExitCode.FAILED;
        } catch (IOException unwritable) {
            err.println("weir attach: the report could not be written: " + unwritable.getMessage());
            return ExitCode.USAGE;
        }
    }

    private void report() throws AttachException, IOException {
        MemoryReport report = MemoryAttach.report(pid);
        PrintWriter out = spec.commandLine().getOut();
        out.println(report);
        out.flush();
        if (json != null) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("verb", "attach");
            result.put("version", Version.text());
            result.put("report", report);
            Files.writeString(json, JSON.writeValueAsString(result) + "\n");
        }
    }
}
