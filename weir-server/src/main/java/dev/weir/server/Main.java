package dev.weir.server;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of Weir. */
@Command(name = "weir", mixinStandardHelpOptions = true)
public final class Main {

    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
