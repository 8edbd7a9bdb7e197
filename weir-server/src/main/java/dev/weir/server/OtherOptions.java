package dev.weir.server;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the load beside the database. */
final class OtherOptions {

    @Option(
            names = "--redis-users",
            paramLabel = "N",
            description = "Virtual users of Redis; 0 leaves Redis out. Default: 4.")
    @Nullable Integer redisUsers;

    @Option(
            names = "--redis",
            paramLabel = "URL",
            description = "redis://HOST:PORT/DATABASE, a Redis of yours instead of an embedded one. Keys begin with "
                    + "weir_run: and a word of the run's own, and are deleted at the end; nothing else is touched. The "
                    + "password comes from the environment variable WEIR_REDIS_PASSWORD or the configuration.")
    @Nullable String redis;

    @Option(
            names = "--http-users",
            paramLabel = "N",
            description =
                    "Virtual users of HTTP, which ask an endpoint of the run's own; 0 leaves HTTP out. Default: 4.")
    @Nullable Integer httpUsers;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Where /metrics (for Prometheus) and /health answer: a port, 0 for any that is free, or off. "
                    + "Default: 0; the run says which it is.")
    @Nullable String metricsPort;

    @Option(
            names = "--metrics-address",
            paramLabel = "IP",
            description =
                    "The interface they answer on. Default: 127.0.0.1, so for this machine only; nothing asks for a "
                            + "password, so think before you say another.")
    @Nullable String metricsAddress;
}
