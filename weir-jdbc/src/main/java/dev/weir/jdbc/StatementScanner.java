package dev.weir.jdbc;

import java.util.Set;

/**
 * Reads from a statement what it will leave behind in its session.
 *
 * <p>An ordinary statement is told by its first keyword and one pass over its characters ({@link #isOrdinary}); only the
 * rest is cut into tokens. Not looked into, and so not noticed: the bodies of {@code DO} blocks, functions, procedures and triggers, SQL put
 * together on the server ({@code EXECUTE}), and what is done through an unwrapped connection (the unwrapping itself is
 * noticed).
 */
final class StatementScanner {

    /** What starts a statement that changes no session by itself; functions within it are found by name. */
    private static final Set<String> PLAIN =
            Set.of("select", "insert", "update", "delete", "with", "merge", "values", "table", "replace", "explain");

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
        for (String plain : PLAIN) {
            if (plain.length() == end - start && sql.regionMatches(true, start, plain, 0, plain.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean nothingSuspicious(String sql, int from) {
        int length = sql.length();
        for (int i = from; i < length; i++) {
            switch (sql.charAt(i)) {
                case ';' -> {
                    if (!sql.substring(i + 1).isBlank()) {
                        return false;
                    }
                }
                case '@' -> {
                    return false;
                }
                case '_' -> {
                    if (endsASessionFunction(sql, i)) {
                        return false;
                    }
                }
                case ' ', '\n', '\t', '\r' -> {
                    if (sql.regionMatches(true, i + 1, "temp", 0, 4)) {
                        return false;
                    }
                }
                default -> {
                    // of no interest
                }
            }
        }
        return true;
    }

    /** The underscore of {@code pg_advisory…}, {@code …_try_advisory…}, {@code set_config}, {@code get_lock}, {@code pg_temp}. */
    private static boolean endsASessionFunction(String sql, int underscore) {
        int next = underscore + 1;
        return sql.regionMatches(true, next, "advisory", 0, 8)
                || sql.regionMatches(true, next, "config", 0, 6)
                || sql.regionMatches(true, next, "lock", 0, 4)
                || sql.regionMatches(true, next, "temp", 0, 4);
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
