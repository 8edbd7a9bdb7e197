package dev.weir.check.facts;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Spellings: which ones are the same, and which known name a misspelt one probably means. */
public final class Names {

    private static final int FARTHEST = 3;

    private Names() {}

    /** Two spellings of one name fold to the same text: {@code idle-timeout}, {@code idle_timeout}, {@code idleTimeout}. */
    public static String fold(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }

    /** As Spring writes it: {@code idleTimeout} becomes {@code idle-timeout}. */
    public static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** The nearest known name; empty when none is near enough to be what was meant. */
    public static Optional<String> nearest(String written, Collection<String> known) {
        Optional<String> nearest = Optional.empty();
        int best = Math.min(FARTHEST, Math.max(1, written.length() / 4)) + 1;
        for (String candidate : known) {
            int distance = distance(fold(written), fold(candidate));
            if (distance < best) {
                best = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
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
