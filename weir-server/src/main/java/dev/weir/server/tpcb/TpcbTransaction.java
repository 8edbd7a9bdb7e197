package dev.weir.server.tpcb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.random.RandomGenerator;

/**
 * One transaction of pgbench's built-in script {@code tpcb-like}: a customer moves money at a teller of a branch.
 *
 * @param account the account, from 1
 * @param teller the teller, from 1
 * @param branch the branch, from 1
 * @param delta the amount, from -5000 to 5000
 */
public record TpcbTransaction(int account, int teller, int branch, int delta) {

    /** Accounts of a branch. */
    public static final int ACCOUNTS_PER_BRANCH = 100_000;

    /** Tellers of a branch. */
    public static final int TELLERS_PER_BRANCH = 10;

    static final int LARGEST_DELTA = 5_000;

    /** Draws a transaction; each part is drawn alone, evenly, as pgbench does. */
    public static TpcbTransaction draw(RandomGenerator random, int scale) {
        return new TpcbTransaction(
                1 + random.nextInt(ACCOUNTS_PER_BRANCH * scale),
                1 + random.nextInt(TELLERS_PER_BRANCH * scale),
                1 + random.nextInt(scale),
                random.nextInt(-LARGEST_DELTA, LARGEST_DELTA + 1));
    }

    /**
     * Carries it out, up to but not including the commit.
     *
     * @return the account's new balance
     * @throws SQLException as the database says; the caller rolls back, as closing a pooled connection does
     */
    public int run(Connection connection, TpcbSql sql) throws SQLException {
        connection.setAutoCommit(false);
        update(connection, sql.updateAccount(), delta, account);
        int balance = balance(connection, sql);
        update(connection, sql.updateTeller(), delta, teller);
        update(connection, sql.updateBranch(), delta, branch);
        try (PreparedStatement insert = connection.prepareStatement(sql.insertHistory())) {
            insert.setInt(1, teller);
            insert.setInt(2, branch);
            insert.setInt(3, account);
            insert.setInt(4, delta);
            insert.executeUpdate();
        }
        return balance;
    }

    private int balance(Connection connection, TpcbSql sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql.selectBalance())) {
            select.setInt(1, account);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("account " + account + " is missing: were the tables changed?");
                }
                return rows.getInt(1);
            }
        }
    }

    private static void update(Connection connection, String sql, int delta, int key) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, delta);
            update.setInt(2, key);
            if (update.executeUpdate() != 1) {
                throw new SQLException("a row with key " + key + " is missing: were the tables changed?");
            }
        }
    }
}
