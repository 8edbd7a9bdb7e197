package dev.weir.server.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them: {@code 64MiB}, {@code 1GiB}, {@code 512 KiB}, {@code 4096}, {@code unlimited}. */
public final class ByteSize {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,19})\\s*(b|kib|mib|gib|kb|mb|gb|k|m|g)?");
    private static final String HOW = "write 64MiB, 512KiB, 1GiB or a number of bytes";

    private ByteSize() {}

    /**
     * Reads a size. A unit with an {@code i} and a bare {@code k}, {@code m} or {@code g} count in powers of 1024,
     * {@code kB}, {@code MB} and {@code GB} in powers of 1000; {@code unlimited} is {@link Long#MAX_VALUE}.
     *
     * @throws IllegalArgumentException saying what is wrong and how to write it
     */
    public static long parse(String text) {
        if (text.strip().equals("unlimited")) {
            return Long.MAX_VALUE;
        }
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an amount of memory: " + HOW);
        }
        String unit = size.group(2);
        long factor = switch (unit == null ? "b" : unit) {
            case "k", "kib" -> 1L << 10;
            case "m", "mib" -> 1L << 20;
            case "g", "gib" -> 1L << 30;
            case "kb" -> 1_000L;
            case "mb" -> 1_000_000L;
            case "gb" -> 1_000_000_000L;
            default -> 1L;
        };
        try {
            return Math.multiplyExact(Long.parseLong(size.group(1)), factor);
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            throw new IllegalArgumentException("'" + text + "' is more than can be counted: " + HOW, tooLarge);
        }
    }

    /** A size for people, in at most six characters and a unit: {@code 812 B}, {@code 64.0 KiB}, {@code 1.5 GiB}. */
    public static String format(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " B";
        }
        double value = bytes;
        String unit = "";
        for (String larger : new String[] {"KiB", "MiB", "GiB", "TiB"}) {
            if (value < 1024) {
                break;
            }
            value /= 1024;
            unit = larger;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, unit);
    }
}
