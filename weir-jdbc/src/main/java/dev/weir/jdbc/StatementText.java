package dev.weir.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * What may be shown of a statement: its text without literals and comments, in one line. Statements that differ in literals,
 * blanks, cases of words or lengths of lists have the same one.
 *
 * <p>When in doubt it shows less. How a backslash in a string is read is a setting of the server's session, so the text ends
 * at a string that holds one; databases that are not known may quote in ways of their own, so there quoted names count as
 * strings.
 */
final class StatementText {

    /** The longest text, in characters. */
    static final int LONGEST = 1_000;
    /** What is read of a statement, in characters. */
    private static final int READ = 16_384;

    private static final String MARK = "?";
    private static final String MORE = "…";

    private final String sql;
    private final Dialect dialect;
    private final SqlTokens tokens;
    private final StringBuilder shown = new StringBuilder();
    private boolean doubtful;

    private StatementText(String sql, Dialect dialect) {
        this.sql = sql.length() > READ ? sql.substring(0, READ) : sql;
        this.dialect = dialect;
        this.tokens = new SqlTokens(this.sql, dialect);
        this.doubtful = sql.length() > READ;
    }

    static String of(String sql, Dialect dialect) {
        return new StatementText(sql, dialect).read();
    }

    private String read() {
        boolean whole = !doubtful;
        doubtful = false;
        int end = 0;
        SqlTokens.Kind before = SqlTokens.Kind.END;
        tokens.next();
        while (tokens.kind() != SqlTokens.Kind.END && shown.length() <= LONGEST && !doubtful) {
            boolean adjacent = tokens.start() == end;
            if (!adjacent && shown.length() > 0) {
                shown.append(' ');
            }
            boolean prefixed = adjacent && before == SqlTokens.Kind.WORD;
            before = tokens.kind();
            end = tokens.end();
            if (isNumber()) {
                end = skipNumber(end);
                literal();
                continue;
            }
            show(prefixed);
            tokens.next();
        }
        if (doubtful || !whole || shown.length() > LONGEST) {
            shown.setLength(Math.min(shown.length(), LONGEST));
            shown.append(' ').append(MORE);
        }
        return shown.toString();
    }

    private void show(boolean prefixed) {
        switch (tokens.kind()) {
            case STRING -> {
                literal();
                doubtful = isDoubtful(prefixed);
            }
            case NAME -> name();
            case WORD -> {
                shown.append(tokens.text());
                // What follows may be a password without quotes.
                doubtful = tokens.word("identified");
            }
            default -> symbol(tokens.text().charAt(0));
        }
    }

    private void name() {
        boolean named =
                dialect == Dialect.MYSQL || (dialect == Dialect.POSTGRESQL && sql.charAt(tokens.start()) == '"');
        if (named && isClosed()) {
            shown.append(sql, tokens.start(), tokens.end());
        } else {
            // A name to some, a string or nothing of the kind to others.
            literal();
            doubtful = dialect != Dialect.OTHER || tokens.text().indexOf('\\') >= 0 || !isClosed();
        }
    }

    private void symbol(char symbol) {
        if (symbol == '?') {
            literal();
            return;
        }
        shown.append(symbol);
        // Names in brackets may hold a quote, and what looks like a string is then none.
        doubtful = symbol == '[' && dialect == Dialect.OTHER;
        if (symbol == ')') {
            shorten("(" + MARK + ")");
            shorten("(" + MARK + ", " + MORE + ")");
        }
    }

    /** A literal, a parameter, or the end of a list of them. */
    private void literal() {
        if (endsWith("$")) {
            shown.setLength(shown.length() - 1);
        }
        String list = endsWith(", ") ? ", " : endsWith(",") ? "," : null;
        if (list != null) {
            int before = shown.length() - list.length();
            if (endsAt(before, MORE)) {
                shown.setLength(before);
                return;
            }
            if (endsAt(before, MARK)) {
                shown.setLength(before);
                shown.append(", ").append(MORE);
                return;
            }
        }
        shown.append(MARK);
    }

    /** Rows like the one before them. */
    private void shorten(String row) {
        for (String separator : new String[] {", ", ","}) {
            String another = separator + row;
            if (endsWith(another)) {
                int before = shown.length() - another.length();
                if (endsAt(before, MORE)) {
                    shown.setLength(before);
                } else if (endsAt(before, row)) {
                    shown.setLength(before);
                    shown.append(", ").append(MORE);
                }
            }
        }
    }

    private boolean isNumber() {
        int at = tokens.start();
        return isDigit(at) || (tokens.symbol('.') && isDigit(at + 1));
    }

    private boolean isDigit(int at) {
        return at < sql.length() && sql.charAt(at) >= '0' && sql.charAt(at) <= '9';
    }

    /** Past a number, of whatever base and with whatever exponent; the token after it is the next. */
    private int skipNumber(int from) {
        int end = from;
        tokens.next();
        while (tokens.start() == end
                && (isNumber() || tokens.symbol('.') || tokens.kind() == SqlTokens.Kind.WORD)
                && tokens.end() > end) {
            end = tokens.end();
            tokens.next();
        }
        return end;
    }

    /** Whether another reading of a string might find its end elsewhere, and its content behind that. */
    private boolean isDoubtful(boolean prefixed) {
        char first = sql.charAt(tokens.start());
        if (!isClosed() || (prefixed && dialect == Dialect.OTHER)) {
            return true;
        }
        boolean escapes = tokens.text().indexOf('\\') >= 0;
        boolean certain = dialect == Dialect.POSTGRESQL && (first == '$' || first == 'e' || first == 'E');
        return (escapes && !certain) || (first == '$' && dialect == Dialect.OTHER);
    }

    private boolean isClosed() {
        int end = tokens.end();
        char last = sql.charAt(end - 1);
        return end - tokens.start() >= 2 && (last == '\'' || last == '"' || last == '`' || last == '$');
    }

    private boolean endsWith(String text) {
        return endsAt(shown.length(), text);
    }

    private boolean endsAt(int end, @Nullable String text) {
        return text != null
                && end >= text.length()
                && shown.substring(end - text.length(), end).equals(text);
    }
}
