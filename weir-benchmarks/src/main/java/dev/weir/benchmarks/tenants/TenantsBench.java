package dev.weir.benchmarks.tenants;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./weir bench tenants}: a pool for each of many tenants, under one budget. */
@Command(
        name = "tenants",
        description = {
            "Opens a pool for each of many tenants under one memory budget, sends load to a hot set of them that moves on,"
                    + " and looks every millisecond whether the limits hold. Weir only: no other pool has a budget."
        },
        sortOptions = false,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0   every limit held, nobody starved, nothing is left",
            "  1   one of these did not",
            "  2   the command line is wrong",
            "  130 stopped by Ctrl-C"
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class TenantsBench implements Callable<Integer> {

    private static final int MOST_TENANTS = 1_000;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "300", description = "How long; 300 by default.")
    private int seconds;

    @Option(
            names = "--tenants",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Pools; 1000 by default, and at most.")
    private int tenants;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "100",
            description = "Connections that the budget has room for; 100 by default.")
    private int connections;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result to FILE (its fields: docs/cli.md).")
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
        within("--seconds", seconds, 1, 3_600);
        within("--tenants", tenants, 1, MOST_TENANTS);
        within("--connections", connections, 1, 10_000);
        TenantsResult result = new TenantsLoad(tenants, connections)
                .run(Duration.ofSeconds(seconds), gone -> System.err.println(gone + " of " + seconds + " s"));
        print(result);
        if (json != null) {
            ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            ObjectNode root =
                    mapper.createObjectNode().put("verb", "bench tenants").put("holds", result.holds());
            root.setAll((ObjectNode) mapper.valueToTree(result));
            mapper.writeValue(json.toFile(), root);
        }
        return result.holds() ? 0 : 1;
    }

    private void within(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + ": use " + least + " to " + most);
        }
    }

    private static void print(TenantsResult result) {
        System.out.printf(
                Locale.ROOT,
                """
                %,d pools, room for %d connections, %.0f s
                requests          %,d served, %d timed out; the longest waited %.0f ms; %d lent twice
                tenants           %d served, %d starved
                limits            over in %d of %,d looks; at most %d connections at once, %,d opened in all
                a dormant pool    %,d B before its first use, %,d B after it; %d threads for all
                left              %d connections, %d bytes
                """,
                result.tenants(),
                result.connectionsLimit(),
                result.seconds(),
                result.requests(),
                result.timedOut(),
                result.longestWaitMs(),
                result.lentTwice(),
                result.tenantsServed(),
                result.tenantsStarved(),
                result.samplesOverLimit(),
                result.samples(),
                result.mostConnections(),
                result.opened(),
                result.bytesPerDormantPool(),
                result.bytesPerRestingPool(),
                result.threadsAdded(),
                result.connectionsLeft(),
                result.bytesLeft());
    }
}
