package dev.weir.jdbc;

import java.util.Collection;
import java.util.Locale;

/** What somebody may have meant who wrote a name that does not exist. */
final class Suggestion {

    /** Names further away than this are no likely slip of the hand. */
    private static final int FURTHEST = 3;

    private Suggestion() {}

    /** {@code : did you mean …?}, or advice to drop the name. */
    static String of(String written, Collection<String> known) {
        String best = "";
        int bestDistance = FURTHEST + 1;
        for (String candidate : known) {
            int distance = distance(written.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? ": drop it" : ": did you mean " + best + "?";
    }

    /** Levenshtein's distance, in one row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
