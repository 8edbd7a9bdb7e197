package dev.weir.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements that bring a session of MySQL or MariaDB back to what it was. */
final class MysqlUndo {

    private final SessionChanges changes;
    private final Map<String, String> baseline;
    private final List<String> undo = new ArrayList<>();

    MysqlUndo(SessionChanges changes, SessionBaseline baseline) {
        this.changes = changes;
        this.baseline = baseline.settings();
    }

    /** {@code null} when they would not be certain to help. */
    @Nullable List<String> statements() {
        if (hasUnsureTable() || !parameters()) {
            return null;
        }
        if (changes.has(SessionEffect.TABLE_LOCK)) {
            undo.add("UNLOCK TABLES");
        }
        if (changes.has(SessionEffect.ADVISORY_LOCK)) {
            undo.add("DO RELEASE_ALL_LOCKS()");
        }
        changes.names(SessionEffect.TEMPORARY_OBJECT)
                .forEach(name -> undo.add("DROP TEMPORARY TABLE IF EXISTS " + name));
        changes.names(SessionEffect.PREPARED).forEach(name -> undo.add("DEALLOCATE PREPARE " + name));
        changes.names(SessionEffect.USER_VARIABLE)
                .forEach(name -> undo.add("SET @`" + name.replace("`", "``") + "` = NULL"));
        if (changes.has(SessionEffect.ROLE)) {
            undo.add("SET ROLE " + baseline.get(MysqlBaseline.ROLE));
        }
        return undo;
    }

    /** Once the database was changed, nobody knows which one a bare name was in. */
    private boolean hasUnsureTable() {
        return changes.has(SessionEffect.CATALOG)
                && changes.names(SessionEffect.TEMPORARY_OBJECT).stream().anyMatch(name -> !name.contains("`.`"));
    }

    /** False where nothing is known of the session's settings. */
    private boolean parameters() {
        Set<String> names = changes.names(SessionEffect.PARAMETER);
        if (names.isEmpty() && !changes.has(SessionEffect.ROLE)) {
            return true;
        }
        if (baseline.isEmpty()) {
            return false;
        }
        List<String> assignments = new ArrayList<>();
        for (String name : names) {
            if (name.equals(MysqlSet.TRANSACTION)) {
                undo.add(transaction());
                continue;
            }
            String known = baseline.get(name);
            if (known != null && known.indexOf('\\') >= 0) {
                // What a backslash means in a literal is itself a setting.
                return false;
            }
            assignments.add("SESSION " + name + " = " + (known == null ? "DEFAULT" : literal(known)));
        }
        if (!assignments.isEmpty()) {
            undo.add("SET " + String.join(", ", assignments));
        }
        return true;
    }

    /** The variables behind it have other names in other versions; the statement has not. */
    private String transaction() {
        String isolation = either("transaction_isolation", "tx_isolation", "REPEATABLE-READ");
        String readOnly = either("transaction_read_only", "tx_read_only", "OFF");
        return "SET SESSION TRANSACTION ISOLATION LEVEL " + isolation.replace('-', ' ')
                + (readOnly.equals("ON") || readOnly.equals("1") ? ", READ ONLY" : ", READ WRITE");
    }

    private String either(String name, String olderName, String otherwise) {
        return baseline.getOrDefault(name, baseline.getOrDefault(olderName, otherwise));
    }

    /** Numbers are not taken in quotes. */
    private static String literal(String value) {
        return value.matches("-?[0-9]+(\\.[0-9]+)?") ? value : "'" + value.replace("'", "''") + "'";
    }
}
