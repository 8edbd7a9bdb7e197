package dev.weir.server;

import dev.weir.server.config.DashboardPlan;
import dev.weir.server.config.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the page about a run. */
final class DashboardOptions {

    private static final String VARIABLE = "WEIR_DASHBOARD_TOKEN";

    @Option(names = "--no-dashboard", description = "No page about the run.")
    boolean off;

    @Option(
            names = "--dashboard-port",
            paramLabel = "N",
            description =
                    "The page's port on loopback; 0, the default, lets the system choose one. The token that allows "
                            + "changes is made anew, or comes from the environment variable " + VARIABLE + ".")
    @Nullable Integer port;

    /** What the file says, under what these options and the environment say. */
    DashboardPlan over(DashboardPlan file, Map<String, String> environment) {
        String token = environment.get(VARIABLE);
        return file.with(off, port, token == null ? null : Secret.of(token));
    }
}
