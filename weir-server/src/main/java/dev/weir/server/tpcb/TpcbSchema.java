package dev.weir.server.tpcb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The four tables, in a schema of their own that is made for a run and dropped after it. Nothing outside it is
 * touched, and a schema that Weir did not make is refused. Used by one thread.
 */
public final class TpcbSchema {

    private static final String MARK = "made by weir run, which drops it at its end";

    private final Control control;
    private final TpcbSql sql;

    private TpcbSchema(Control control, TpcbSql sql) {
        this.control = control;
        this.sql = sql;
    }

    /** A schema that another program made, or that another run is using. */
    public static final class SchemaTakenException extends SQLException {
        private static final long serialVersionUID = 1L;

        SchemaTakenException(String message) {
            super(message);
        }
    }

    /**
     * Makes the empty schema. What an earlier run left behind when it was killed is dropped first.
     *
     * @throws SchemaTakenException if the schema is not ours to use
     */
    public static TpcbSchema claim(Control control, String name) throws SQLException {
        TpcbSchema schema = new TpcbSchema(control, new TpcbSql(name));
        // Held as long as the session lives, so that a killed run frees it.
        if (!schema.ask("SELECT pg_try_advisory_lock(hashtext(?))", "weir run " + name)
                .equals("t")) {
            throw new SchemaTakenException("another weir run is using the schema " + name
                    + " of this database: wait for its end, or choose another with --schema");
        }
        String comment = schema.ask(
                "SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = ?", name);
        if (comment.equals(MARK)) {
            control.execute("DROP SCHEMA " + schema.sql.schema() + " CASCADE");
        } else if (!comment.isEmpty() || schema.exists(name)) {
            throw new SchemaTakenException("the schema " + name
                    + " exists and was not made by weir run, so it is not touched: choose another with --schema");
        }
        // Both or neither: a schema without its mark would be nobody's.
        control.connection().setAutoCommit(false);
        control.execute("CREATE SCHEMA " + schema.sql.schema());
        control.execute("COMMENT ON SCHEMA " + schema.sql.schema() + " IS '" + MARK + "'");
        control.connection().commit();
        control.connection().setAutoCommit(true);
        return schema;
    }

    /** The statements over these tables. */
    public TpcbSql sql() {
        return sql;
    }

    /**
     * Makes and fills the tables.
     *
     * @param scale the number of branches; 1 is 100,000 accounts and some 15 MB
     * @param progress hears the share that is done, from 0 to 1
     */
    public void fill(int scale, DoubleConsumer progress) throws SQLException {
        Connection connection = control.connection();
        // One transaction: a table that is made and filled in the same one needs no write-ahead log of its rows.
        connection.setAutoCommit(false);
        for (String statement : sql.createTables()) {
            control.execute(statement);
        }
        for (String statement : sql.fillSmallTables(scale)) {
            control.execute(statement);
        }
        // Keys and vacuum take about a third as long as the rows.
        double steps = scale * 1.35;
        for (int branch = 1; branch <= scale; branch++) {
            control.execute(sql.fillAccounts(branch));
            progress.accept(branch / steps);
        }
        for (String statement : sql.addKeys()) {
            control.execute(statement);
        }
        connection.commit();
        connection.setAutoCommit(true);
        progress.accept(0.9);
        for (String statement : sql.vacuum()) {
            control.execute(statement);
        }
        progress.accept(1);
    }

    /** Drops the schema, over a connection of its own: the one that made it may be broken, or at work. */
    public void drop(Control fresh) throws SQLException {
        fresh.execute("DROP SCHEMA IF EXISTS " + sql.schema() + " CASCADE");
    }

    private boolean exists(String name) throws SQLException {
        return !ask("SELECT nspname FROM pg_namespace WHERE nspname = ?", name).isEmpty();
    }

    /** The only value of the only row as a text; empty when there is no row. */
    private String ask(String question, String parameter) throws SQLException {
        try (PreparedStatement statement = control.connection().prepareStatement(question)) {
            statement.setString(1, parameter);
            try (ResultSet answer = statement.executeQuery()) {
                @Nullable String value = answer.next() ? answer.getString(1) : "";
                return value == null ? "" : value;
            }
        }
    }
}
