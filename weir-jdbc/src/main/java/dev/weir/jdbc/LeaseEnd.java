package dev.weir.jdbc;

import dev.weir.event.CloseReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens between a borrower's {@code close()} and the next lease, on a connection that is claimed: nobody can
 * enter it any more.
 *
 * <p>In this order: close what is open, roll back, auto-commit, properties, session state, warnings. Only what was
 * dirtied is touched.
 */
final class LeaseEnd {

    private final PhysicalConnection connection;
    private final Connection raw;
    private final ConnectionDefaults defaults;
    private final int dirty;
    private final SessionChanges changes;
    private final boolean unsettled;

    private LeaseEnd(PhysicalConnection connection, boolean unsettled) {
        this.connection = connection;
        this.unsettled = unsettled;
        this.raw = connection.raw;
        this.defaults = connection.defaults;
        this.dirty = connection.dirty();
        this.changes = connection.changes();
    }

    /**
     * Resets the connection. Answers why it must be retired, or null when it is as good as new.
     *
     * @param busy whether somebody is inside a call
     * @param unsettled whether anything was done since the last commit or rollback
     */
    static @Nullable CloseReason reset(PhysicalConnection connection, boolean busy, boolean unsettled) {
        if (connection.isBroken()) {
            return CloseReason.BROKEN;
        }
        LeaseEnd end = new LeaseEnd(connection, unsettled);
        if (busy || !end.worthResetting()) {
            connection.home.retiredDirty.increment();
            return CloseReason.DIRTY;
        }
        connection.resetting(true);
        try {
            end.run();
            connection.forget();
            return connection.isBroken() ? CloseReason.BROKEN : null;
        } catch (SQLException e) {
            connection.failed(e);
            connection.home.retiredDirty.increment();
            return connection.isBroken() ? CloseReason.BROKEN : CloseReason.DIRTY;
        } catch (RuntimeException e) {
            connection.home.retiredDirty.increment();
            return CloseReason.DIRTY;
        } finally {
            connection.resetting(false);
        }
    }

    /** Whether the session can be undone, in the mode that is set. */
    private boolean worthResetting() {
        boolean unwrapped = is(ConnectionProperty.UNWRAPPED);
        return switch (connection.home.sessionReset()) {
            case OFF -> true;
            case STRICT -> !unwrapped && !changes.outlivesTransaction();
            case PRECISE -> !changes.outlivesTransaction() || undo() != null;
        };
    }

    private void run() throws SQLException {
        int leftOpen = connection.closeOpenParts();
        if (leftOpen > 0) {
            connection.home.statementsLeftOpen.add(leftOpen);
        }
        rollBack();
        properties();
        session();
        raw.clearWarnings();
    }

    private void rollBack() throws SQLException {
        boolean unwrapped = is(ConnectionProperty.UNWRAPPED);
        boolean autoCommit = is(ConnectionProperty.AUTO_COMMIT) ? raw.getAutoCommit() : defaults.autoCommit();
        if (!autoCommit && (unwrapped || unsettled)) {
            raw.rollback();
            connection.home.rollbacks.increment();
        } else if (changes.has(SessionEffect.TRANSACTION)) {
            // The driver, in auto-commit mode, refuses to roll back what it did not begin.
            execute("ROLLBACK");
            connection.home.rollbacks.increment();
        }
        if (autoCommit != defaults.autoCommit()) {
            raw.setAutoCommit(defaults.autoCommit());
        }
    }

    private void properties() throws SQLException {
        if (is(ConnectionProperty.READ_ONLY)) {
            raw.setReadOnly(defaults.readOnly());
        }
        if (is(ConnectionProperty.ISOLATION) && !undoneAsSetting()) {
            reset(ConnectionProperty.ISOLATION, defaults.isolation(), raw::setTransactionIsolation);
        }
        if (is(ConnectionProperty.HOLDABILITY)) {
            reset(ConnectionProperty.HOLDABILITY, defaults.holdability(), raw::setHoldability);
        }
        if (changes.has(SessionEffect.CATALOG) && connection.home.sessionReset() != SessionReset.OFF) {
            reset(ConnectionProperty.CATALOG, defaults.catalog(), this::useCatalog);
        } else if (is(ConnectionProperty.CATALOG)) {
            reset(ConnectionProperty.CATALOG, defaults.catalog(), raw::setCatalog);
        }
        if (is(ConnectionProperty.SCHEMA) && !undoneAsSetting()) {
            reset(ConnectionProperty.SCHEMA, defaults.schema(), raw::setSchema);
        }
        if (is(ConnectionProperty.NETWORK_TIMEOUT)) {
            reset(
                    ConnectionProperty.NETWORK_TIMEOUT,
                    defaults.networkTimeout(),
                    timeout -> raw.setNetworkTimeout(Runnable::run, timeout));
        }
        if (connection.keptClientInfo() != null) {
            raw.setClientInfo(connection.keptClientInfo());
        }
        if (connection.keptTypeMap() != null) {
            raw.setTypeMap(connection.keptTypeMap());
        }
    }

    private <T> void reset(ConnectionProperty property, @Nullable T value, Setter<T> setter) throws SQLException {
        if (value != null) {
            setter.set(value);
        } else if (dirtied(property)) {
            throw new SQLException("the driver did not say what " + property + " was at first");
        }
    }

    /** The driver may believe that its catalog never changed, so it is told by the statement that changed it. */
    private void useCatalog(String catalog) throws SQLException {
        execute("USE `" + catalog.replace("`", "``") + "`");
        raw.setCatalog(catalog);
    }

    private void session() throws SQLException {
        List<String> undo = undo();
        if (undo == null || undo.isEmpty()) {
            return;
        }
        if (!defaults.autoCommit()) {
            raw.setAutoCommit(true);
        }
        if (connection.dialect == Dialect.POSTGRESQL) {
            // One round trip, and one transaction: all of it or nothing.
            execute(String.join("; ", undo));
        } else {
            for (String statement : undo) {
                execute(statement);
            }
        }
        if (!defaults.autoCommit()) {
            raw.setAutoCommit(false);
        }
        connection.home.sessionsUndone.increment();
    }

    private @Nullable List<String> undo() {
        boolean off = connection.home.sessionReset() == SessionReset.OFF;
        if (!off && is(ConnectionProperty.UNWRAPPED) && connection.dialect == Dialect.POSTGRESQL) {
            return SessionUndo.wholePostgresSession(connection.home.baseline());
        }
        SessionChanges toUndo = off ? SessionChanges.NONE : changes.withoutTransaction();
        if (undoneAsSetting()) {
            toUndo = dirtied(ConnectionProperty.SCHEMA) ? toUndo.and(setting("search_path")) : toUndo;
            toUndo = dirtied(ConnectionProperty.ISOLATION)
                    ? toUndo.and(setting("default_transaction_isolation"))
                    : toUndo;
        }
        if (connection.dialect == Dialect.MYSQL && dirtied(ConnectionProperty.CATALOG)) {
            toUndo = toUndo.and(SessionChanges.of(SessionEffect.CATALOG));
        }
        return SessionUndo.statements(connection.dialect, toUndo, connection.home.baseline());
    }

    private static SessionChanges setting(String name) {
        return SessionChanges.of(SessionEffect.PARAMETER, name);
    }

    /** Schema and isolation are settings of a PostgreSQL session, and undone with them. */
    private boolean undoneAsSetting() {
        return connection.dialect == Dialect.POSTGRESQL;
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = raw.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whether the property is to be reset: changed, or possibly so. */
    private boolean is(ConnectionProperty property) {
        return dirtied(property) || ConnectionProperty.UNWRAPPED.in(dirty);
    }

    private boolean dirtied(ConnectionProperty property) {
        return property.in(dirty);
    }

    private interface Setter<T> {
        void set(T value) throws SQLException;
    }
}
