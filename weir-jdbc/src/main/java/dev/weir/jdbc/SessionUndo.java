package dev.weir.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements that bring a session back to what it was, or none where that is unsure.
 *
 * <p>PostgreSQL: the parts of {@code DISCARD ALL} that are needed, never {@code DISCARD ALL} itself, which would also take the
 * driver's own prepared statements. Source: PostgreSQL 17, SQL command reference, DISCARD.
 */
final class SessionUndo {

    private SessionUndo() {}

    /** The statements, to be run outside a transaction; {@code null} when they would not be certain to help. */
    static @Nullable List<String> statements(Dialect dialect, SessionChanges changes, SessionBaseline baseline) {
        if (changes.has(SessionEffect.UNKNOWN)) {
            return null;
        }
        return switch (dialect) {
            case POSTGRESQL -> postgres(changes, baseline.settings());
            case MYSQL -> new MysqlUndo(changes, baseline).statements();
            case OTHER -> changes.isEmpty() ? List.of() : null;
        };
    }

    /** Everything PostgreSQL can be asked to forget, for a session that was changed out of sight. */
    static List<String> wholePostgresSession(SessionBaseline baseline) {
        SessionChanges everything = SessionChanges.of(SessionEffect.CURSOR)
                .and(SessionChanges.of(SessionEffect.ROLE))
                .and(SessionChanges.of(SessionEffect.PARAMETER, SetStatement.ALL))
                .and(SessionChanges.of(SessionEffect.TEMPORARY_OBJECT))
                .and(SessionChanges.of(SessionEffect.LISTEN))
                .and(SessionChanges.of(SessionEffect.ADVISORY_LOCK));
        return postgres(everything, baseline.settings());
    }

    private static List<String> postgres(SessionChanges changes, Map<String, String> baseline) {
        List<String> undo = new ArrayList<>();
        if (changes.has(SessionEffect.CURSOR)) {
            undo.add("CLOSE ALL");
        }
        if (changes.has(SessionEffect.ROLE)) {
            // Also resets the role.
            undo.add("SET SESSION AUTHORIZATION DEFAULT");
        }
        parameters(changes.names(SessionEffect.PARAMETER), baseline, undo);
        if (changes.has(SessionEffect.TEMPORARY_OBJECT)) {
            undo.add("DISCARD TEMP");
        }
        if (changes.has(SessionEffect.LISTEN)) {
            undo.add("UNLISTEN *");
        }
        if (changes.has(SessionEffect.ADVISORY_LOCK)) {
            undo.add("SELECT pg_catalog.pg_advisory_unlock_all()");
        }
        changes.names(SessionEffect.PREPARED).forEach(name -> undo.add("DEALLOCATE " + name));
        if (changes.has(SessionEffect.ROLE) && baseline.containsKey("role")) {
            undo.add(setting("role", baseline.get("role")));
        }
        return undo;
    }

    private static void parameters(Set<String> names, Map<String, String> baseline, List<String> undo) {
        if (names.contains(SetStatement.ALL)) {
            undo.add("RESET ALL");
            baseline.forEach((name, value) -> {
                if (!name.equals("role")) {
                    undo.add(setting(name, value));
                }
            });
            return;
        }
        for (String name : names) {
            String known = knownValue(baseline, name);
            undo.add(known == null ? "RESET " + name : setting(name, known));
        }
    }

    /** Settings are spelled as the server spells them, such as {@code TimeZone}; statements as their author did. */
    private static @Nullable String knownValue(Map<String, String> baseline, String name) {
        for (Map.Entry<String, String> setting : baseline.entrySet()) {
            if (setting.getKey().equalsIgnoreCase(name)) {
                return setting.getValue();
            }
        }
        return null;
    }

    private static String setting(String name, @Nullable String value) {
        return "SELECT pg_catalog.set_config(" + literal(name) + ", " + literal(value == null ? "" : value)
                + ", false)";
    }

    private static String literal(String text) {
        // E'' means the same whatever standard_conforming_strings says.
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
