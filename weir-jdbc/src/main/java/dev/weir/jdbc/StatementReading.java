package dev.weir.jdbc;

import java.util.Set;

/** The reading of one statement of a text: starts at its first token and ends at its semicolon. */
final class StatementReading {

    private static final Set<String> ADVISORY_LOCKS = Set.of(
            "pg_advisory_lock",
            "pg_advisory_lock_shared",
            "pg_try_advisory_lock",
            "pg_try_advisory_lock_shared",
            "get_lock");

    private static final Set<String> BODIES = Set.of("function", "procedure", "trigger", "event", "package");

    /** What {@code RENAME} may be followed by when no name of a table follows. */
    private static final Set<String> RENAMED_BESIDES = Set.of("table", "tables", "user", "column", "index", "key");

    private final SqlTokens tokens;
    private final Dialect dialect;
    private SessionChanges changes = SessionChanges.NONE;
    private boolean body;

    StatementReading(SqlTokens tokens, Dialect dialect) {
        this.tokens = tokens;
        this.dialect = dialect;
    }

    /** Whether the statement defines a routine, whose body runs to the end of the text and is not looked into. */
    boolean hasBody() {
        return body;
    }

    SessionChanges read() {
        String verb = tokens.kind() == SqlTokens.Kind.WORD ? tokens.text() : "";
        tokens.next();
        boolean query = false;
        switch (verb) {
            case "select", "with" -> query = true;
            case "set" -> {
                if (dialect == Dialect.MYSQL && tokens.word("statement")) {
                    return ofStatementWithSettings();
                }
                note(SetStatement.read(tokens, dialect));
            }
            case "reset" -> note(SetStatement.readReset(tokens, dialect));
            case "begin" -> begin();
            case "start" -> noteIf("transaction", SessionEffect.TRANSACTION);
            case "create" -> create();
            case "prepare" -> prepare();
            case "declare" -> declare();
            case "listen" -> note(SessionEffect.LISTEN);
            case "use" -> note(dialect == Dialect.MYSQL ? SessionEffect.CATALOG : SessionEffect.UNKNOWN);
            case "discard" -> discard();
            case "load" -> noteOn(Dialect.POSTGRESQL, SessionEffect.UNKNOWN);
            case "lock" -> lock();
            case "flush" -> noteOn(Dialect.MYSQL, SessionEffect.TABLE_LOCK);
            case "handler", "xa", "backup" -> noteOn(Dialect.MYSQL, SessionEffect.UNKNOWN);
            case "execute" -> noteIf("immediate", SessionEffect.UNKNOWN);
            case "alter", "rename" -> alter();
            default -> {
                // leaves nothing behind but by its functions
            }
        }
        readRest(query);
        return changes;
    }

    /** Looks for functions, {@code INTO TEMP} and user variables up to the end of the statement. */
    private void readRest(boolean query) {
        while (!body && !tokens.statementEnds()) {
            if (tokens.word("pg_temp")) {
                note(SessionEffect.TEMPORARY_OBJECT);
            }
            if (tokens.symbol('@') && dialect == Dialect.MYSQL) {
                userVariable();
            } else if (query && tokens.word("into")) {
                intoTemporary();
            } else if (tokens.kind() == SqlTokens.Kind.WORD || tokens.kind() == SqlTokens.Kind.NAME) {
                call();
            } else {
                tokens.next();
            }
        }
    }

    private void call() {
        String function = tokens.text();
        if (!tokens.next().symbol('(')) {
            return;
        }
        if (ADVISORY_LOCKS.contains(function)) {
            note(SessionEffect.ADVISORY_LOCK);
        } else if (function.equals("set_config")) {
            note(SetStatement.readSetConfig(tokens));
        }
    }

    private void intoTemporary() {
        tokens.next();
        if (tokens.word("local") || tokens.word("global")) {
            tokens.next();
        }
        if (tokens.word("temp") || tokens.word("temporary")) {
            note(SessionEffect.TEMPORARY_OBJECT);
        }
    }

    /** {@code SET STATEMENT … FOR}: settings for the one statement that follows. */
    private SessionChanges ofStatementWithSettings() {
        while (!tokens.statementEnds() && !tokens.word("for")) {
            tokens.next();
        }
        if (tokens.word("for")) {
            tokens.next();
        }
        return read();
    }

    /** A temporary table of MySQL may be renamed; dropping its new name harms no other table. */
    private void alter() {
        noteIf("session", SessionEffect.UNKNOWN);
        while (dialect == Dialect.MYSQL && !tokens.statementEnds()) {
            boolean renamed = tokens.word("rename") || tokens.word("to");
            tokens.next();
            if (renamed && (tokens.word("to") || tokens.word("as") || tokens.symbol('='))) {
                tokens.next();
            }
            if (renamed && !RENAMED_BESIDES.contains(tokens.text())) {
                note(SessionChanges.of(SessionEffect.TEMPORARY_OBJECT, nameForMysql()));
            }
        }
    }

    private void userVariable() {
        if (tokens.nextVariable().symbol('@')) {
            tokens.next();
        } else if (tokens.kind() != SqlTokens.Kind.END) {
            note(MysqlSet.userVariable(tokens));
            tokens.next();
        }
    }

    /** {@code BEGIN} opens a transaction, but it also opens a block of PL/SQL or T-SQL. */
    private void begin() {
        boolean block = dialect == Dialect.OTHER
                && !tokens.statementEnds()
                && !tokens.word("transaction")
                && !tokens.word("tran")
                && !tokens.word("work");
        if (!block) {
            note(SessionEffect.TRANSACTION);
        }
    }

    private void create() {
        boolean global = false;
        while (tokens.kind() == SqlTokens.Kind.WORD) {
            if (BODIES.contains(tokens.text())) {
                body = true;
                return;
            }
            global |= tokens.word("global");
            if (tokens.word("temp") || tokens.word("temporary")) {
                temporary(global);
                return;
            }
            if (tokens.word("table") || tokens.word("view") || tokens.word("index")) {
                return;
            }
            tokens.next();
        }
    }

    private void temporary(boolean global) {
        if (dialect == Dialect.POSTGRESQL) {
            note(SessionEffect.TEMPORARY_OBJECT);
        } else if (dialect == Dialect.MYSQL) {
            note(SessionChanges.of(SessionEffect.TEMPORARY_OBJECT, temporaryName()));
        } else if (!global) {
            note(SessionEffect.UNKNOWN);
        }
    }

    /** The name as MySQL takes it: one or two parts, each quoted again. */
    private String temporaryName() {
        tokens.next();
        if (tokens.word("table") || tokens.word("sequence")) {
            tokens.next();
        }
        if (tokens.word("if")) {
            tokens.next().next().next();
        }
        return nameForMysql();
    }

    private String nameForMysql() {
        String name = quotedForMysql();
        if (tokens.next().symbol('.')) {
            tokens.next();
            name += "." + quotedForMysql();
            tokens.next();
        }
        return name;
    }

    private String quotedForMysql() {
        return "`" + tokens.text().replace("`", "``") + "`";
    }

    private void prepare() {
        if (tokens.word("transaction")) {
            return;
        }
        note(SessionChanges.of(
                SessionEffect.PREPARED,
                dialect == Dialect.MYSQL
                        ? quotedForMysql()
                        : "\"" + tokens.text().replace("\"", "\"\"") + "\""));
    }

    /** Only a cursor {@code WITH HOLD} outlives its transaction. */
    private void declare() {
        boolean hold = false;
        while (!tokens.statementEnds() && !tokens.word("for")) {
            boolean with = tokens.word("with");
            tokens.next();
            hold |= with && tokens.word("hold");
        }
        if (hold) {
            note(SessionEffect.CURSOR);
        }
    }

    private void discard() {
        if (tokens.word("all")) {
            note(SessionChanges.of(SessionEffect.PARAMETER, SetStatement.ALL));
        }
    }

    private void lock() {
        if (dialect == Dialect.MYSQL) {
            note(tokens.word("instance") ? SessionEffect.UNKNOWN : SessionEffect.TABLE_LOCK);
        }
    }

    private void noteIf(String next, SessionEffect effect) {
        if (tokens.word(next)) {
            note(effect);
        }
    }

    private void noteOn(Dialect only, SessionEffect effect) {
        if (dialect == only) {
            note(effect);
        }
    }

    private void note(SessionEffect effect) {
        note(SessionChanges.of(effect));
    }

    private void note(SessionChanges more) {
        changes = changes.and(more);
    }
}
