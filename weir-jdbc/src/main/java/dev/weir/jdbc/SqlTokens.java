package dev.weir.jdbc;

import java.util.Locale;

/**
 * Cuts SQL into tokens, so that a keyword in a comment, a string or a quoted name is none.
 *
 * <p>Follows PostgreSQL's lexical structure (nested comments, dollar quotes, {@code E''} strings) and MySQL's (backslash
 * escapes, backticks, {@code #} comments, and {@code /*! … *}{@code /} whose content is executed).
 */
final class SqlTokens {

    enum Kind {
        /** A bare identifier or keyword; its text is lower case. */
        WORD,
        /** A quoted identifier; its text is the name, without quotes. */
        NAME,
        /** A string literal; its text is the literal's, escapes left as they are. */
        STRING,
        /** One character of anything else. */
        SYMBOL,
        END
    }

    private final String sql;
    private final boolean mysql;
    private int at;

    private Kind kind = Kind.END;
    private String text = "";
    private int start;

    SqlTokens(String sql, Dialect dialect) {
        this.sql = sql;
        this.mysql = dialect == Dialect.MYSQL;
    }

    Kind kind() {
        return kind;
    }

    String text() {
        return text;
    }

    /** Where the token starts in the statement. */
    int start() {
        return start;
    }

    /** Where the token ends in the statement. */
    int end() {
        return at;
    }

    boolean word(String expected) {
        return kind == Kind.WORD && text.equals(expected);
    }

    boolean symbol(char expected) {
        return kind == Kind.SYMBOL && text.charAt(0) == expected;
    }

    /** Whether this is the end of a statement: a semicolon or the end of the text. */
    boolean statementEnds() {
        return kind == Kind.END || symbol(';');
    }

    /** Moves to the next token. */
    SqlTokens next() {
        skipBlanksAndComments();
        start = at;
        if (at >= sql.length()) {
            return token(Kind.END, "");
        }
        char c = sql.charAt(at);
        if (c == '\'') {
            return quoted(Kind.STRING, '\'', mysql);
        }
        if (c == '"') {
            return quoted(mysql ? Kind.STRING : Kind.NAME, '"', mysql);
        }
        if (c == '`') {
            return quoted(Kind.NAME, '`', false);
        }
        if (c == '$' && !mysql) {
            return dollar();
        }
        if (startsWord(c) || (mysql && isInnerOfWord(c))) {
            // MySQL's names may begin with a digit; a number is then a word like any other.
            return word();
        }
        at++;
        return token(Kind.SYMBOL, String.valueOf(c));
    }

    /**
     * Moves past the {@code @} before a variable of MySQL: to its name, as a name, which may contain dots; or to a second
     * {@code @}.
     */
    SqlTokens nextVariable() {
        start = at;
        while (at < sql.length()
                && (startsWord(sql.charAt(at)) || isInnerOfWord(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        return at == start ? next() : token(Kind.NAME, sql.substring(start, at));
    }

    private SqlTokens token(Kind found, String content) {
        kind = found;
        text = content;
        return this;
    }

    private SqlTokens word() {
        while (at < sql.length() && (startsWord(sql.charAt(at)) || isInnerOfWord(sql.charAt(at)))) {
            at++;
        }
        if (at == start + 1 && at < sql.length() && sql.charAt(at) == '\'' && isPrefixOfString(sql.charAt(start))) {
            return quoted(Kind.STRING, '\'', mysql || (sql.charAt(start) | 0x20) == 'e');
        }
        return token(Kind.WORD, sql.substring(start, at).toLowerCase(Locale.ROOT));
    }

    private static boolean isPrefixOfString(char c) {
        return "eEnNbBxX".indexOf(c) >= 0;
    }

    private static boolean startsWord(char c) {
        return Character.isLetter(c) || c == '_' || c > 127;
    }

    private static boolean isInnerOfWord(char c) {
        return (c >= '0' && c <= '9') || c == '$';
    }

    private SqlTokens quoted(Kind found, char quote, boolean backslash) {
        int open = ++at;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\' && backslash) {
                at++;
            } else if (c == quote) {
                if (at + 1 >= sql.length() || sql.charAt(at + 1) != quote) {
                    break;
                }
                at++;
            }
            at++;
        }
        int close = Math.min(at, sql.length());
        at = Math.min(at + 1, sql.length());
        String content = sql.substring(Math.min(open, close), close);
        String escaped = "" + quote + quote;
        return token(
                found,
                found == Kind.NAME && content.contains(escaped)
                        ? content.replace(escaped, String.valueOf(quote))
                        : content);
    }

    private SqlTokens dollar() {
        int tagEnd = at + 1;
        while (tagEnd < sql.length()
                && (startsWord(sql.charAt(tagEnd)) || (tagEnd > at + 1 && Character.isDigit(sql.charAt(tagEnd))))) {
            tagEnd++;
        }
        if (tagEnd >= sql.length() || sql.charAt(tagEnd) != '$') {
            at++;
            return token(Kind.SYMBOL, "$");
        }
        String tag = sql.substring(at, tagEnd + 1);
        int close = sql.indexOf(tag, tagEnd + 1);
        String content = sql.substring(tagEnd + 1, close < 0 ? sql.length() : close);
        at = close < 0 ? sql.length() : close + tag.length();
        return token(Kind.STRING, content);
    }

    private void skipBlanksAndComments() {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#' && mysql) {
                skipLine();
            } else if (sql.startsWith("--", at) && (!mysql || isBlankAt(at + 2))) {
                skipLine();
            } else if (sql.startsWith("/*", at)) {
                skipBlockComment();
            } else if (mysql && sql.startsWith("*/", at)) {
                // The end of an executed comment, whose start was skipped alone.
                at += 2;
            } else {
                return;
            }
        }
    }

    private boolean isBlankAt(int position) {
        return position >= sql.length() || Character.isWhitespace(sql.charAt(position));
    }

    private void skipLine() {
        int newline = sql.indexOf('\n', at);
        at = newline < 0 ? sql.length() : newline + 1;
    }

    private void skipBlockComment() {
        if (mysql && (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at))) {
            at = sql.indexOf('!', at) + 1;
            while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                at++;
            }
            return;
        }
        int depth = 0;
        do {
            if (sql.startsWith("/*", at) && (depth == 0 || !mysql)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
        at = Math.min(at, sql.length());
    }
}
