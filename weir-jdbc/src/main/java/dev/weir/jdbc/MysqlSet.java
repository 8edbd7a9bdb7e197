package dev.weir.jdbc;

import java.util.Locale;

/**
 * MySQL's and MariaDB's {@code SET}: a list of assignments, each with its own scope.
 *
 * <p>What is no assignment to a variable, a role or the like is not known, and counts as such.
 */
final class MysqlSet {

    /** Stands for the variables that {@code SET SESSION TRANSACTION} changes. */
    static final String TRANSACTION = "transaction";

    private final SqlTokens tokens;
    private SessionChanges changes = SessionChanges.NONE;

    MysqlSet(SqlTokens tokens) {
        this.tokens = tokens;
    }

    SessionChanges read() {
        do {
            if (tokens.symbol(',')) {
                tokens.next();
            }
            assignment();
            skipToNextAssignment();
        } while (!tokens.statementEnds());
        return changes;
    }

    private void assignment() {
        if (tokens.symbol('@')) {
            if (!tokens.nextVariable().symbol('@')) {
                note(userVariable(tokens));
                return;
            }
            scopedVariable();
            return;
        }
        switch (tokens.text()) {
            case "global", "persist", "persist_only", "password", "default" -> {
                // not this session
            }
            case "role" -> note(SessionChanges.of(SessionEffect.ROLE));
            // The next transaction only, should it begin before a rollback.
            case "transaction" -> note(SessionChanges.TRANSACTION);
            case "names", "character", "charset" -> {
                charsets("character_set_client", "character_set_results");
                charsets("character_set_connection", "collation_connection");
            }
            case "session", "local" -> {
                if (tokens.next().word("transaction")) {
                    parameter(TRANSACTION);
                } else {
                    variable();
                }
            }
            default -> variable();
        }
    }

    /** The variable whose name the tokens stand at; quoted as a string, an escape in it is not read. */
    static SessionChanges userVariable(SqlTokens tokens) {
        boolean escaped =
                tokens.kind() == SqlTokens.Kind.STRING && tokens.text().matches(".*['\"\\\\].*");
        return escaped ? SessionChanges.UNKNOWN : SessionChanges.of(SessionEffect.USER_VARIABLE, tokens.text());
    }

    /** What follows {@code @@}. */
    private void scopedVariable() {
        tokens.next();
        boolean session = tokens.word("session") || tokens.word("local");
        boolean other = tokens.word("global") || tokens.word("persist") || tokens.word("persist_only");
        if (other) {
            return;
        }
        if (session) {
            tokens.next().next();
        }
        variable();
    }

    private void variable() {
        String name = tokens.text().toLowerCase(Locale.ROOT);
        boolean named = tokens.kind() == SqlTokens.Kind.WORD || tokens.kind() == SqlTokens.Kind.NAME;
        tokens.next();
        if (tokens.symbol(':')) {
            tokens.next();
        }
        if (!named || !tokens.symbol('=') || !name.matches("[a-z0-9_]+")) {
            note(SessionChanges.UNKNOWN);
        } else if (name.equals("autocommit")) {
            note(SessionChanges.TRANSACTION);
            parameter(name);
        } else if (name.startsWith("transaction_") || name.startsWith("tx_")) {
            // With @@ and no scope, MySQL means the next transaction.
            note(SessionChanges.TRANSACTION);
            parameter(TRANSACTION);
        } else if (name.startsWith("character_set_")) {
            charsets(name, name.replace("character_set_", "collation_"));
        } else if (name.startsWith("collation_")) {
            charsets(name.replace("collation_", "character_set_"), name);
        } else {
            parameter(name);
        }
    }

    /** Each sets the other; there is no collation of what a client sends or gets. */
    private void charsets(String charset, String collation) {
        parameter(charset);
        if (!collation.equals("collation_client") && !collation.equals("collation_results")) {
            parameter(collation);
        }
    }

    private void parameter(String name) {
        note(SessionChanges.of(SessionEffect.PARAMETER, name));
    }

    private void skipToNextAssignment() {
        int depth = 0;
        while (!tokens.statementEnds() && !(depth == 0 && tokens.symbol(','))) {
            if (tokens.symbol('(')) {
                depth++;
            } else if (tokens.symbol(')')) {
                depth--;
            } else if (tokens.word("get_lock")) {
                note(SessionChanges.of(SessionEffect.ADVISORY_LOCK));
            } else if (tokens.symbol('@') && !tokens.nextVariable().symbol('@')) {
                // Whether it is assigned by := or only read.
                note(userVariable(tokens));
            }
            tokens.next();
        }
    }

    private void note(SessionChanges more) {
        changes = changes.and(more);
    }
}
