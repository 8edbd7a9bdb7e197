package dev.weir.jdbc;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the values of properties. What cannot be read ends in an exception whose message says how to write it. */
final class PropertyValues {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+)\\s*([A-Za-z]*)");

    private static final Map<String, Duration> TIMES = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private static final Map<String, Long> SIZES =
            Map.of("", 1L, "b", 1L, "kb", 1_000L, "mb", 1_000_000L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);

    private PropertyValues() {}

    /** {@code 500ms}, {@code 15s}, {@code 2m}, {@code 1h}, {@code 1d}, {@code 0}, or ISO-8601 as {@code PT15S}. */
    static Duration duration(String value) {
        if (value.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = NUMBER_AND_UNIT.matcher(value);
        try {
            if (!matcher.matches()) {
                return Duration.parse(value);
            }
            Duration unit = TIMES.get(matcher.group(2).toLowerCase(Locale.ROOT));
            if (unit != null) {
                return unit.multipliedBy(Long.parseLong(matcher.group(1)));
            }
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException unreadable) {
            // The same advice as below.
        }
        throw new IllegalArgumentException("write a time with its unit, such as 500ms, 15s, 2m or 1h");
    }

    /** Milliseconds, as HikariCP has them. */
    static Duration millis(String value) {
        return Duration.ofMillis(whole(value));
    }

    /** Bytes: {@code 1048576}, {@code 512KiB}, {@code 8MiB}, {@code 1GiB}. */
    static long bytes(String value) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(value);
        if (matcher.matches()) {
            Long unit = SIZES.get(matcher.group(2).toLowerCase(Locale.ROOT));
            try {
                if (unit != null) {
                    return Math.multiplyExact(unit, Long.parseLong(matcher.group(1)));
                }
            } catch (ArithmeticException | NumberFormatException tooLarge) {
                // The same advice as below.
            }
        }
        throw new IllegalArgumentException("write bytes, such as 1048576, 512KiB or 8MiB");
    }

    static long whole(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException unreadable) {
            throw new IllegalArgumentException("write a whole number", unreadable);
        }
    }

    static int integer(String value) {
        try {
            return Math.toIntExact(whole(value));
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("write a whole number below two billion", tooLarge);
        }
    }

    static double fraction(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException unreadable) {
            throw new IllegalArgumentException("write a number, such as 0.1", unreadable);
        }
    }

    static boolean truth(String value) {
        if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(value);
        }
        throw new IllegalArgumentException("write true or false");
    }

    /** A constant, written as {@code reject-oldest} or as in Java. */
    static <E extends Enum<E>> E constant(Class<E> type, String value) {
        String wanted = value.replace('-', '_').toUpperCase(Locale.ROOT);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(wanted)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("write one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(constant -> dashed(constant.name()))
                        .collect(Collectors.joining(", ")));
    }

    /** An isolation: {@code read-committed}, {@code TRANSACTION_READ_COMMITTED}, or the number of the constant. */
    static int isolation(String value) {
        String wanted = value.replace('-', '_').toUpperCase(Locale.ROOT).replaceFirst("^TRANSACTION_", "");
        Integer named = SettingsCheck.ISOLATIONS.get(wanted);
        if (named != null) {
            return named;
        }
        if (!wanted.isEmpty() && wanted.chars().allMatch(Character::isDigit)) {
            return integer(wanted);
        }
        throw new IllegalArgumentException("write read-uncommitted, read-committed, repeatable-read or serializable");
    }

    private static String dashed(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
