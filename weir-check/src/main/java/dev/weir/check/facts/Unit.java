package dev.weir.check.facts;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a pool writes a setting. */
public enum Unit {
    COUNT,
    /** A bare number of milliseconds; a unit behind it is an error. */
    MS,
    /** A bare number of seconds. */
    S,
    /** As Spring Boot reads it: a bare number is milliseconds, and {@code 30s}, {@code 5m} or ISO-8601 are understood. */
    DURATION,
    /** As Weir reads it: with a unit, or 0. */
    HUMAN,
    FLAG,
    TEXT,
    SECRET;

    private static final Pattern PART = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?[\\d_]{1,18}");

    /** Reads a value; empty when it is none of this unit. */
    public OptionalLong parse(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        boolean bare = NUMBER.matcher(text).matches();
        return switch (this) {
            case COUNT, MS -> bare ? number(text, 1) : OptionalLong.empty();
            case S -> bare ? number(text, 1000) : OptionalLong.empty();
            case DURATION -> bare ? number(text, 1) : duration(text);
            case HUMAN -> bare && !text.equals("0") ? OptionalLong.empty() : bare ? number(text, 1) : duration(text);
            case FLAG -> flag(text);
            case TEXT, SECRET -> OptionalLong.of(0);
        };
    }

    private static OptionalLong flag(String text) {
        return switch (text) {
            case "true", "yes", "on", "1" -> OptionalLong.of(1);
            case "false", "no", "off", "0" -> OptionalLong.of(0);
            default -> OptionalLong.empty();
        };
    }

    private static OptionalLong number(String text, long factor) {
        try {
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(text.replace("_", "")), factor));
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** Milliseconds of {@code 500ms}, {@code 1m30s} or {@code PT20S}; empty for anything else. */
    public static OptionalLong duration(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        try {
            if (text.startsWith("p") || text.startsWith("-p")) {
                return OptionalLong.of(Duration.parse(text).toMillis());
            }
            if (!WHOLE.matcher(text).matches()) {
                return OptionalLong.empty();
            }
            long sum = 0;
            Matcher part = PART.matcher(text);
            while (part.find()) {
                sum = Math.addExact(
                        sum, Math.multiplyExact(Long.parseLong(part.group(1)), factor(String.valueOf(part.group(2)))));
            }
            return OptionalLong.of(sum);
        } catch (DateTimeParseException | ArithmeticException unreadable) {
            return OptionalLong.empty();
        }
    }

    private static long factor(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }

    /** Writes milliseconds, a count or a flag the way the pool wants it. */
    String write(long number) {
        return switch (this) {
            case S -> Long.toString((number + 999) / 1000);
            case HUMAN -> number == 0 ? "0" : human(number);
            case DURATION -> number > 0 ? human(number) : Long.toString(number);
            case FLAG -> number == 0 ? "false" : "true";
            default -> Long.toString(number);
        };
    }

    /** Whether it is a time. */
    boolean isTime() {
        return this == MS || this == S || this == DURATION || this == HUMAN;
    }

    /** Milliseconds for people: {@code 90s}, {@code 30m}, {@code 250ms}. */
    public static String human(long millis) {
        if (millis <= 0) {
            return Long.toString(millis);
        }
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        return millis % 60_000 == 0 ? millis / 60_000 + "m" : millis / 1000 + "s";
    }
}
