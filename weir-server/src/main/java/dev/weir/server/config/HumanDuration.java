package dev.weir.server.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 500ms}, {@code 20s}, {@code 1m30s}, {@code 2h}; ISO-8601 is understood too. */
public final class HumanDuration {

    private static final Pattern PART = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");
    private static final String HOW = "write 500ms, 20s, 2m, 1h, 1m30s or PT20S";

    private HumanDuration() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException saying what is wrong and how to write it
     */
    public static Duration parse(String text) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        if (trimmed.equals("0")) {
            return Duration.ZERO;
        }
        if (trimmed.matches("[+-]?\\d+(\\.\\d+)?")) {
            throw new IllegalArgumentException("'" + text + "' has no unit: " + HOW);
        }
        try {
            Duration duration = trimmed.startsWith("p") ? Duration.parse(trimmed) : sum(trimmed, text);
            if (duration.isNegative()) {
                throw new IllegalArgumentException("'" + text + "' is negative: use zero or more");
            }
            return duration;
        } catch (DateTimeParseException | ArithmeticException unreadable) {
            throw new IllegalArgumentException("'" + text + "' is not a duration: " + HOW, unreadable);
        }
    }

    private static Duration sum(String trimmed, String text) {
        if (!WHOLE.matcher(trimmed).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration: " + HOW);
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(trimmed);
        while (part.find()) {
            long amount = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        }
        return sum;
    }

    /** The shortest text that {@link #parse} reads back; parts below a millisecond are dropped. */
    public static String format(Duration duration) {
        if (duration.toMillis() == 0) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toDays(), "d");
        append(text, duration.toHoursPart(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
