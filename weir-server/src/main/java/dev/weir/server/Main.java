package dev.weir.server;

import dev.weir.server.steer.Steer;
import dev.weir.server.steer.TopCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line of Weir. The script {@code ./weir} at the root of the repository starts it. */
@Command(
        name = "weir",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        description = "Every connection of a JVM service inside one budget.",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            AttachCommand.class,
            TopCommand.class,
            Steer.Pause.class,
            Steer.Resume.class,
            Steer.Resize.class,
            Steer.Evict.class,
            Steer.Drain.class
        })
public final class Main {

    private Main() {}

    /** Tells picocli the version. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"weir " + Version.text()};
        }
    }

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** Runs the command line. */
    static int execute(String... args) {
        CommandLine weir = commandLine();
        if (args.length == 0) {
            weir.usage(weir.getErr());
            return ExitCode.USAGE;
        }
        return weir.execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }
}
