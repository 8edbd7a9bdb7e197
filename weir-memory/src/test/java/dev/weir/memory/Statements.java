package dev.weir.memory;

import dev.weir.jdbc.WeirDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Distinct statements of 1 to 10 kB, as mappers make them, prepared on the servers of a pool's connections. */
final class Statements {

    /** From the fifth run on the driver prepares on the server; from its own fifth the server may keep a plan for all. */
    private static final int RUNS = 7;

    private Statements() {}

    /** Makes the table that the statements read. */
    static void makeTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            StringBuilder columns = new StringBuilder("create table wide (id int primary key");
            for (int i = 0; i < 20; i++) {
                columns.append(", c").append(i).append(" int");
            }
            statement.execute(columns.append(")").toString());
        }
    }

    /** Opens so many connections at once and runs so many statements on each. */
    static void runOnEach(WeirDataSource source, int connections, int statements) throws SQLException {
        List<Connection> open = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                open.add(source.getConnection());
            }
            for (Connection connection : open) {
                run(connection, statements);
            }
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
        }
    }

    /** Runs so many statements on one. */
    static void run(Connection connection, int statements) throws SQLException {
        for (int i = 0; i < statements; i++) {
            String sql = text(i);
            for (int run = 0; run < RUNS; run++) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setInt(1, run);
                    statement.executeQuery().close();
                }
            }
        }
    }

    /** Of 1 to 10 kB, by its number; neighbours differ in length, so that any few of them weigh what all do. */
    private static String text(int number) {
        StringBuilder sql = new StringBuilder("select " + number);
        int terms = 10 + number * 37 % 100;
        for (int i = 0; i < terms; i++) {
            sql.append(", coalesce(w.c")
                    .append(i % 20)
                    .append(", v.c")
                    .append(i * 7 % 20)
                    .append(", ")
                    .append(i)
                    .append(") + v.c")
                    .append(i * 3 % 20)
                    .append(" as t")
                    .append(i);
        }
        return sql.append(" from wide w join wide v on v.id = w.c1 where w.id = ?")
                .toString();
    }
}
