package dev.weir.server.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known name that a misspelt one probably means. */
final class Suggestion {

    private static final int FARTHEST = 3;

    private Suggestion() {}

    /** The nearest known name, or {@code null} when none is near enough to be what was meant. */
    static @Nullable String nearest(String written, Collection<String> known) {
        String nearest = null;
        int best = Math.min(FARTHEST, Math.max(1, written.length() / 2)) + 1;
        for (String candidate : known) {
            int distance = distance(fold(written), fold(candidate));
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Two spellings of one name fold to the same text: {@code idle-timeout}, {@code idle_timeout}, {@code idleTimeout}. */
    static String fold(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's distance, by the row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
