package dev.weir.server;

import dev.weir.check.Given;
import dev.weir.check.facts.Fact;
import dev.weir.server.config.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** What whoever asks for a check knows of the surroundings. */
final class CheckOptions {

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "Connections that the database accepts for services, over all clients.")
    @Nullable Long maxConnections;

    @Option(names = "--replicas", paramLabel = "N", description = "Copies of the service. Default: at least one.")
    @Nullable Long replicas;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Memory of the container: 512MiB, 2GiB.")
    @Nullable Long memory;

    @Option(
            names = "--idle-limit",
            paramLabel = "D",
            converter = RunCommand.Durations.class,
            description = "Rest after which the server, a proxy or a NAT forgets a connection: 350s, 10m.")
    @Nullable Duration idleLimit;

    @Option(names = "--websocket-clients", paramLabel = "N", description = "WebSocket clients at once.")
    @Nullable Long webSocketClients;

    @Option(
            names = "--websocket-limit",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Bytes that one WebSocket client may make the server hold.")
    @Nullable Long webSocketLimit;

    static final class Sizes implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return ByteSize.parse(text);
            } catch (IllegalArgumentException unreadable) {
                throw new TypeConversionException(unreadable.getMessage());
            }
        }
    }

    /** The facts. */
    Given given(CommandSpec spec) {
        Given given = new Given();
        add(spec, given, Fact.MAX_CONNECTIONS, maxConnections, "--max-connections");
        add(spec, given, Fact.REPLICAS, replicas, "--replicas");
        add(spec, given, Fact.MEMORY, memory, "--memory");
        add(spec, given, Fact.IDLE_LIMIT, idleLimit == null ? null : idleLimit.toMillis(), "--idle-limit");
        add(spec, given, Fact.WEBSOCKET_CLIENTS, webSocketClients, "--websocket-clients");
        add(spec, given, Fact.WEBSOCKET_BYTES, webSocketLimit, "--websocket-limit");
        if (maxConnections != null) {
            given.with(Fact.RESERVED_CONNECTIONS, 0, "--max-connections");
        }
        return given;
    }

    private static void add(CommandSpec spec, Given given, Fact fact, @Nullable Long number, String option) {
        if (number == null) {
            return;
        }
        if (number < 1) {
            throw new ParameterException(spec.commandLine(), option + " is " + number + ": use more than zero");
        }
        given.with(fact, number, option);
    }
}
