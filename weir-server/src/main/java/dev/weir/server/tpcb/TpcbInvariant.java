package dev.weir.server.tpcb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What TPC-B demands of its tables at any moment: money moves through account, teller and branch alike, and each move
 * is written down once. Tables filled by {@link TpcbSchema} begin at zero.
 *
 * @param accounts the sum of all accounts
 * @param tellers the sum of all tellers
 * @param branches the sum of all branches
 * @param history the sum of all amounts in the history
 * @param rows the rows of the history
 */
public record TpcbInvariant(long accounts, long tellers, long branches, long history, long rows) {

    /** Reads the sums, in one statement and therefore of one moment. */
    public static TpcbInvariant read(Connection connection, TpcbSql sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet sums = statement.executeQuery(sql.sums())) {
            sums.next();
            return new TpcbInvariant(
                    sums.getLong(1), sums.getLong(2), sums.getLong(3), sums.getLong(4), sums.getLong(5));
        }
    }

    /** Whether the four sums agree. */
    public boolean sumsAgree() {
        return accounts == tellers && tellers == branches && branches == history;
    }

    /**
     * Whether the sums agree and the history has one row for each transaction.
     *
     * @param committed transactions whose commit was confirmed
     * @param uncertain transactions whose commit was sent, but whose answer was lost: they may count or not
     */
    public boolean holds(long committed, long uncertain) {
        return sumsAgree() && rows >= committed && rows <= committed + uncertain;
    }

    /** The numbers, for people. */
    public String describe() {
        return "accounts " + accounts + ", tellers " + tellers + ", branches " + branches + ", history " + history
                + " in " + rows + " rows";
    }
}
