package dev.weir.server.screen;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the process was started on. */
public final class Terminal {

    private static final int USUAL_WIDTH = 80;

    private volatile int width = USUAL_WIDTH;

    /** Whether input and output are a terminal that can move its cursor. */
    public static boolean isInteractive(Map<String, String> environment) {
        String kind = environment.get("TERM");
        return kind != null && !kind.equals("dumb") && console() != null;
    }

    /** The terminal that somebody sits at, to be asked for a password; {@code null} where there is none. */
    @SuppressWarnings("SystemConsoleNull") // null before Java 22; isTerminal() tells since
    public static @Nullable Console console() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console) ? console : null;
        } catch (ReflectiveOperationException older) {
            return console;
        }
    }

    /** The width in characters as it was last measured. */
    public int width() {
        return width;
    }

    /** Measures the width; where that is impossible, it stays as it was. */
    public void measure() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            int columns = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
            if (stty.waitFor(1, TimeUnit.SECONDS) && columns > 0) {
                width = columns;
            }
        } catch (IOException | NumberFormatException unknown) {
            // No stty, or no terminal: the width stays.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
