package dev.weir.jdbc;

/**
 * MySQL's and MariaDB's {@code SET}: a list of assignments, each with its own scope.
 *
 * <p>The value that a session variable had before is not known (the driver sets some at connect), and {@code DEFAULT}
 * is the global value, not that one: such a change counts as unknown.
 */
final class MysqlSet {

    private final SqlTokens tokens;
    private SessionChanges changes = SessionChanges.NONE;

    MysqlSet(SqlTokens tokens) {
        this.tokens = tokens;
    }

    SessionChanges read() {
        if (tokens.word("statement")) {
            return SessionChanges.NONE;
        }
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
            tokens.next();
            if (!tokens.symbol('@')) {
                note(SessionChanges.of(SessionEffect.USER_VARIABLE, tokens.text()));
                return;
            }
            tokens.next();
        }
        switch (tokens.text()) {
            case "global", "persist", "persist_only", "password", "default" -> {
                // not this session
            }
            case "role" -> note(SessionChanges.of(SessionEffect.ROLE));
            case "transaction" -> {
                // the next transaction only
            }
            case "autocommit" -> {
                note(SessionChanges.TRANSACTION);
                note(SessionChanges.UNKNOWN);
            }
            default -> note(SessionChanges.UNKNOWN);
        }
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
            }
            tokens.next();
        }
    }

    private void note(SessionChanges more) {
        changes = changes.and(more);
    }
}
