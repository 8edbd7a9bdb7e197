package dev.weir.jdbc;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code SET}, {@code RESET} and {@code set_config()}: which settings they change, and for how long. */
final class SetStatement {

    /** Stands for "every setting, or one whose name is not known". */
    static final String ALL = "*";

    private static final SessionChanges ROLE = SessionChanges.of(SessionEffect.ROLE);

    private SetStatement() {}

    /** Reads what follows the word {@code SET}. */
    static SessionChanges read(SqlTokens tokens, Dialect dialect) {
        return switch (dialect) {
            case POSTGRESQL -> postgres(tokens);
            case MYSQL -> new MysqlSet(tokens).read();
            case OTHER -> other(tokens);
        };
    }

    /** Reads what follows the word {@code RESET}. */
    static SessionChanges readReset(SqlTokens tokens, Dialect dialect) {
        if (dialect == Dialect.MYSQL) {
            // RESET MASTER, RESET QUERY CACHE and the like are the server's affair.
            return SessionChanges.NONE;
        }
        if (tokens.word("all")) {
            return SessionChanges.of(SessionEffect.PARAMETER, ALL);
        }
        return dialect == Dialect.POSTGRESQL ? postgres(tokens) : SessionChanges.UNKNOWN;
    }

    private static SessionChanges postgres(SqlTokens tokens) {
        if (tokens.word("local")) {
            return SessionChanges.NONE;
        }
        if (tokens.word("session")) {
            tokens.next();
            if (tokens.word("characteristics")) {
                return SessionChanges.of(
                        SessionEffect.PARAMETER,
                        "default_transaction_isolation",
                        "default_transaction_read_only",
                        "default_transaction_deferrable");
            }
            if (tokens.word("session")) {
                tokens.next();
            }
        }
        if (tokens.kind() != SqlTokens.Kind.WORD && tokens.kind() != SqlTokens.Kind.NAME) {
            return SessionChanges.of(SessionEffect.PARAMETER, ALL);
        }
        return switch (tokens.text().toLowerCase(Locale.ROOT)) {
            case "role", "authorization", "session_authorization" -> ROLE;
            case "transaction", "constraints" -> SessionChanges.NONE;
            case "time" -> parameter("timezone");
            case "names" -> parameter("client_encoding");
            case "schema" -> parameter("search_path");
            case "xml" -> parameter("xmloption");
            default -> parameter(dottedName(tokens));
        };
    }

    private static String dottedName(SqlTokens tokens) {
        StringBuilder name = new StringBuilder(tokens.text());
        while (tokens.next().symbol('.')) {
            name.append('.').append(tokens.next().text());
        }
        return name.toString();
    }

    private static SessionChanges parameter(String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        if (plain.startsWith("transaction_")) {
            // Lasts as long as the transaction.
            return SessionChanges.NONE;
        }
        if (plain.equals("role") || plain.equals("session_authorization")) {
            return ROLE;
        }
        return SessionChanges.of(SessionEffect.PARAMETER, isPlainName(plain) ? plain : ALL);
    }

    /** A name that can be put into SQL again as it is. */
    private static boolean isPlainName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.');
    }

    /** Reads {@code set_config('name', value, is_local)} from its opening bracket on. */
    static SessionChanges readSetConfig(SqlTokens tokens) {
        tokens.next();
        @Nullable String name = tokens.kind() == SqlTokens.Kind.STRING ? tokens.text() : null;
        int depth = 1;
        int argument = 1;
        boolean local = false;
        while (depth > 0 && tokens.kind() != SqlTokens.Kind.END) {
            if (tokens.symbol('(')) {
                depth++;
            } else if (tokens.symbol(')')) {
                depth--;
            } else if (tokens.symbol(',') && depth == 1) {
                argument++;
            } else if (argument == 3) {
                local = tokens.word("true");
            } else if (argument == 1 && tokens.kind() != SqlTokens.Kind.STRING) {
                name = null;
            }
            tokens.next();
        }
        if (local) {
            return SessionChanges.NONE;
        }
        return name == null ? SessionChanges.of(SessionEffect.PARAMETER, ALL) : parameter(name);
    }

    private static SessionChanges other(SqlTokens tokens) {
        boolean harmless = tokens.word("transaction")
                || tokens.word("local")
                || tokens.word("constraints")
                // T-SQL's preamble of nearly every batch; the driver counts rows by itself.
                || tokens.word("nocount");
        return harmless ? SessionChanges.NONE : SessionChanges.UNKNOWN;
    }
}
