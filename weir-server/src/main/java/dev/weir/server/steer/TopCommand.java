package dev.weir.server.steer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir top}: the pools of a running service, once a second. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        usageHelpWidth = 100,
        description = "Shows the pools of a running service in the terminal, once a second, until Ctrl-C.")
public final class TopCommand implements Callable<Integer> {

    private static final String REDRAW = "\u001b[H\u001b[J";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "LINK",
            description = "The link that the service printed at its start; without it, WEIR_DASHBOARD_URL.")
    private @Nullable String link;

    @Option(names = "--count", paramLabel = "N", description = "Ends after N tables, which then follow each other.")
    private int count;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            ServiceOptions options = new ServiceOptions();
            options.url = link;
            RunningService service = options.service();
            CountDownLatch never = new CountDownLatch(1);
            for (int shown = 0; count == 0 || shown < count; shown++) {
                if (shown > 0 && never.await(1, TimeUnit.SECONDS)) {
                    break;
                }
                JsonNode overview = service.read("overview");
                out.print((count == 0 ? REDRAW : "") + PoolTable.of(overview.path("pools")));
                out.flush();
            }
            return 0;
        } catch (IOException | IllegalArgumentException unable) {
            spec.commandLine().getErr().println("weir top: " + Steer.why(unable));
            return unable instanceof IOException ? 1 : 2;
        }
    }
}
