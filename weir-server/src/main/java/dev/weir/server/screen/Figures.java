package dev.weir.server.screen;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them, in few characters. */
public final class Figures {

    private Figures() {}

    /** A count: {@code 1,234,567}. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A rate a second: two digits at least, {@code 8.3} or {@code 1,234}. */
    public static String rate(double value) {
        return value < 10 ? String.format(Locale.ROOT, "%.1f", value) : count(Math.round(value));
    }

    /** A span of time: {@code 0}, {@code 850 µs}, {@code 1.2 ms}, {@code 340 ms}, {@code 1.5 s}. */
    public static String span(long nanos) {
        if (nanos < 1_000) {
            return "0";
        }
        if (nanos < 1_000_000) {
            return nanos / 1_000 + " µs";
        }
        double millis = nanos / 1e6;
        if (millis < 10) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        if (millis < 1_000) {
            return Math.round(millis) + " ms";
        }
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    /** A clock: {@code 0:07}, {@code 12:30}, {@code 1:00:05}. */
    public static String clock(Duration time) {
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
