package dev.weir.memory;

import java.util.Locale;

/** Numbers of bytes as people read them. */
final class Bytes {

    private Bytes() {}

    /** In the largest unit that leaves at least one before the point: 512 B, 4.5 kB, 1.20 MB. Units of 1,024. */
    static String text(long bytes) {
        long size = Math.abs(bytes);
        if (size < 1024) {
            return bytes + " B";
        }
        if (size < 1024 * 1024) {
            return String.format(Locale.ROOT, "%.1f kB", bytes / 1024.0);
        }
        if (size < 1024L * 1024 * 1024) {
            return String.format(Locale.ROOT, "%.1f MB", bytes / (1024.0 * 1024));
        }
        return String.format(Locale.ROOT, "%.2f GB", bytes / (1024.0 * 1024 * 1024));
    }
}
