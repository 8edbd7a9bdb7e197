package dev.weir.server;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a database. */
final class DatabaseOptions {

    /** Stands for {@code --password} without a value. */
    static final String ASK = "";

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "jdbc:postgresql://HOST:PORT/DATABASE. The tables are made in a schema of their own, which is "
                            + "dropped at the end; nothing else is touched.")
    @Nullable String url;

    @Option(names = "--user", paramLabel = "NAME", description = "Whom to log in as.")
    @Nullable String user;

    @Option(
            names = "--password",
            arity = "0..1",
            fallbackValue = ASK,
            paramLabel = "PASSWORD",
            description =
                    "Without a value, asks for the password. With one, anybody on this machine can read it. Better: "
                            + "the environment variable WEIR_PASSWORD, --password-file, or ~/.pgpass.")
    @Nullable String password;

    @Option(names = "--password-file", paramLabel = "FILE", description = "The password is the first line of FILE.")
    @Nullable Path passwordFile;

    @Option(names = "--schema", paramLabel = "NAME", description = "The schema to make. Default: weir_run.")
    @Nullable String schema;
}
