package dev.weir.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A result set that leads back to its leased statement. */
final class LeasedResultSet extends DelegatingResultSet {

    private final ResultSet raw;
    /** Null for one that no statement of ours made: metadata, an array's elements, a cursor in a column. */
    private @Nullable LeasedStatement owner;

    private final boolean tracked;
    /** Whether {@link #next} may ask the server for more; else all rows are here, and counting its calls would be waste. */
    private final boolean fetches;

    LeasedResultSet(LeasedConnection connection, @Nullable LeasedStatement owner, ResultSet raw) {
        super(connection);
        this.owner = owner;
        this.raw = raw;
        this.tracked = owner == null;
        this.fetches = fetches(raw);
    }

    private static boolean fetches(ResultSet raw) {
        try {
            return raw.getFetchSize() != 0;
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    ResultSet raw() {
        return raw;
    }

    @Override
    ResultSet live() throws SQLException {
        if (owner != null) {
            owner.live();
        } else {
            connection.live();
        }
        return raw;
    }

    @Override
    ResultSet enter() throws SQLException {
        if (owner != null) {
            owner.enter();
        } else {
            connection.enter();
        }
        return raw;
    }

    @Override
    public boolean next() throws SQLException {
        ResultSet rows = fetches ? enter() : live();
        try {
            return rows.next();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            if (fetches) {
                exit();
            }
        }
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        live();
        if (owner == null) {
            Statement maker = raw.getStatement();
            owner = maker == null ? null : new LeasedStatement(connection, maker);
        }
        return owner;
    }

    @Override
    public void close() throws SQLException {
        if (!connection.enterToEnd()) {
            return;
        }
        try {
            raw.close();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            if (tracked) {
                connection.closed(raw);
            }
            exit();
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return connection.isOver() || raw.isClosed();
    }
}
