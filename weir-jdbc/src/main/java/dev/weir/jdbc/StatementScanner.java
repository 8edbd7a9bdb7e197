package dev.weir.jdbc;

/**
 * Reads from a statement what it will leave behind in its session.
 *
 * <p>An ordinary statement is told by its first keyword and one pass over its characters ({@link #isOrdinary}); only the
 * rest is cut into tokens. Not looked into, and so not noticed: the bodies of {@code DO} blocks, functions, procedures and triggers, SQL put
 * together on the server ({@code EXECUTE}), and what is done through an unwrapped connection (the unwrapping itself is
 * noticed).
 */
final class StatementScanner {

    private StatementScanner() {}

    static SessionChanges scan(String sql, Dialect dialect) {
        if (isOrdinary(sql)) {
            return SessionChanges.NONE;
        }
        SqlTokens tokens = new SqlTokens(sql, dialect);
        SessionChanges changes = SessionChanges.NONE;
        tokens.next();
        while (tokens.kind() != SqlTokens.Kind.END) {
            if (tokens.symbol(';') || tokens.symbol('{') || tokens.symbol('(')) {
                tokens.next();
                continue;
            }
            StatementReading reading = new StatementReading(tokens, dialect);
            changes = changes.and(reading.read());
            if (reading.hasBody()) {
                return changes;
            }
        }
        return changes;
    }

    /**
     * Whether one pass over the characters proves that the statement leaves nothing behind. {@code false} proves
     * nothing.
     */
    static boolean isOrdinary(String sql) {
        int length = sql.length();
        int start = 0;
        while (start < length && Character.isWhitespace(sql.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < length && isAsciiLetter(sql.charAt(end))) {
            end++;
        }
        return isPlainKeyword(sql, start, end) && nothingSuspicious(sql, end);
    }

    private static boolean isPlainKeyword(String sql, int start, int end) {
        String plain = switch (start < end ? sql.charAt(start) | 0x20 : 0) {
            case 's' -> "select";
            case 'i' -> "insert";
            case 'u' -> "update";
            case 'd' -> "delete";
            case 'w' -> "with";
            case 'm' -> "merge";
            case 'v' -> "values";
            case 't' -> "table";
            case 'r' -> "replace";
            case 'e' -> "explain";
            default -> "";
        };
        return end - start == plain.length() && end > start && sql.regionMatches(true, start, plain, 0, end - start);
    }

    /** By searches for single characters, which the JVM does many at a time. */
    private static boolean nothingSuspicious(String sql, int from) {
        int semicolon = sql.indexOf(';', from);
        if (semicolon >= 0 && !sql.substring(semicolon + 1).isBlank()) {
            return false;
        }
        if (sql.indexOf('@', from) >= 0) {
            return false;
        }
        for (int i = sql.indexOf('_', from); i >= 0; i = sql.indexOf('_', i + 1)) {
            if (endsASessionFunction(sql, i + 1)) {
                return false;
            }
        }
        return !saysTemporary(sql, from, 'p') && !saysTemporary(sql, from, 'P');
    }

    /** Whether a word starts with "temp"; looked for by its rarest letter. */
    private static boolean saysTemporary(String sql, int from, char lastLetter) {
        for (int i = sql.indexOf(lastLetter, from); i >= 0; i = sql.indexOf(lastLetter, i + 1)) {
            int start = i - 3;
            if (start > from && matches(sql, start, "temp") && Character.isWhitespace(sql.charAt(start - 1))) {
                return true;
            }
        }
        return false;
    }

    /** What follows the underscore of {@code pg_advisory…}, {@code set_config}, {@code get_lock}, {@code pg_temp}. */
    private static boolean endsASessionFunction(String sql, int next) {
        return switch (next < sql.length() ? sql.charAt(next) | 0x20 : 0) {
            case 'a' -> matches(sql, next, "advisory");
            case 'c' -> matches(sql, next, "config");
            case 'l' -> matches(sql, next, "lock");
            case 't' -> matches(sql, next, "temp");
            default -> false;
        };
    }

    private static boolean matches(String sql, int at, String word) {
        return sql.regionMatches(true, at, word, 0, word.length());
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
