package dev.weir.server.steer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verbs that change a pool of a running service; each prints the pool as it is then. */
public abstract class Steer implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "POOL", description = "The pool's name.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private String pool;

    @Mixin
    private ServiceOptions options = new ServiceOptions();

    private Steer() {}

    /** What is sent beside the verb. */
    String body() {
        return "{}";
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            JsonNode now = options.service().steer(pool, spec.name(), body());
            spec.commandLine().getOut().print(PoolTable.of(List.of(now)));
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException | IllegalArgumentException unable) {
            spec.commandLine().getErr().println("weir " + spec.name() + ": " + why(unable));
            return unable instanceof IOException ? 1 : 2;
        }
    }

    static String why(Exception unable) {
        String message = unable.getMessage();
        return message == null ? "the service cannot be reached" : message;
    }

    /** Holds new requests back. */
    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Holds new requests of a pool back.")
    public static final class Pause extends Steer {}

    /** Lets requests through again. */
    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Lets requests of a pool through again.")
    public static final class Resume extends Steer {}

    /** Pauses, and ends connections as they come back. */
    @Command(
            name = "drain",
            mixinStandardHelpOptions = true,
            description = "Pauses a pool, and ends each connection as it comes back.")
    public static final class Drain extends Steer {}

    /** Ends the connections there are. */
    @Command(
            name = "evict",
            mixinStandardHelpOptions = true,
            description = "Ends the connections of a pool: idle ones now, leased ones as they come back.")
    public static final class Evict extends Steer {
        @Option(names = "--hard", description = "Cuts leased ones off under their holders too.")
        private boolean hard;

        @Override
        String body() {
            return hard ? "{\"mode\":\"hard\"}" : "{\"mode\":\"soft\"}";
        }
    }

    /** Changes the bounds of the size. */
    @Command(name = "resize", mixinStandardHelpOptions = true, description = "Changes the bounds of a pool's size.")
    public static final class Resize extends Steer {
        @Parameters(index = "1", paramLabel = "MIN", description = "The fewest connections it keeps.")
        private int min;

        @Parameters(index = "2", paramLabel = "MAX", description = "The most it may have.")
        private int max;

        @Override
        String body() {
            return "{\"min\":" + min + ",\"max\":" + max + "}";
        }
    }
}
