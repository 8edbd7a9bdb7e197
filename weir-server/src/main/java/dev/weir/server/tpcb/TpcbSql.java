package dev.weir.server.tpcb;

import java.util.List;

/** The statements of TPC-B over the tables of one schema, as pgbench 17 words them. */
public final class TpcbSql {

    private final String schema;
    private final String updateAccount;
    private final String selectBalance;
    private final String updateTeller;
    private final String updateBranch;
    private final String insertHistory;

    /** Takes the schema's name, which need not be quoted. */
    public TpcbSql(String schema) {
        this.schema = '"' + schema.replace("\"", "\"\"") + '"';
        updateAccount = "UPDATE " + table("accounts") + " SET abalance = abalance + ? WHERE aid = ?";
        selectBalance = "SELECT abalance FROM " + table("accounts") + " WHERE aid = ?";
        updateTeller = "UPDATE " + table("tellers") + " SET tbalance = tbalance + ? WHERE tid = ?";
        updateBranch = "UPDATE " + table("branches") + " SET bbalance = bbalance + ? WHERE bid = ?";
        insertHistory = "INSERT INTO " + table("history")
                + " (tid, bid, aid, delta, mtime) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)";
    }

    /** The schema's quoted name. */
    String schema() {
        return schema;
    }

    String table(String name) {
        return schema + ".pgbench_" + name;
    }

    String updateAccount() {
        return updateAccount;
    }

    String selectBalance() {
        return selectBalance;
    }

    String updateTeller() {
        return updateTeller;
    }

    String updateBranch() {
        return updateBranch;
    }

    String insertHistory() {
        return insertHistory;
    }

    List<String> createTables() {
        return List.of(
                "CREATE TABLE " + table("history")
                        + " (tid int, bid int, aid int, delta int, mtime timestamp, filler char(22))",
                "CREATE TABLE " + table("tellers")
                        + " (tid int NOT NULL, bid int, tbalance int, filler char(84)) WITH (fillfactor = 100)",
                "CREATE TABLE " + table("accounts")
                        + " (aid int NOT NULL, bid int, abalance int, filler char(84)) WITH (fillfactor = 100)",
                "CREATE TABLE " + table("branches")
                        + " (bid int NOT NULL, bbalance int, filler char(88)) WITH (fillfactor = 100)");
    }

    List<String> fillSmallTables(int scale) {
        return List.of(
                "INSERT INTO " + table("branches") + " (bid, bbalance) SELECT bid, 0 FROM generate_series(1, " + scale
                        + ") AS bid",
                "INSERT INTO " + table("tellers") + " (tid, bid, tbalance) SELECT tid, (tid - 1) / "
                        + TpcbTransaction.TELLERS_PER_BRANCH + " + 1, 0 FROM generate_series(1, "
                        + scale * TpcbTransaction.TELLERS_PER_BRANCH + ") AS tid");
    }

    /** The accounts of one branch, from 1. */
    String fillAccounts(int branch) {
        int first = (branch - 1) * TpcbTransaction.ACCOUNTS_PER_BRANCH + 1;
        return "INSERT INTO " + table("accounts") + " (aid, bid, abalance, filler) SELECT aid, " + branch
                + ", 0, '' FROM generate_series(" + first + ", "
                + (first + TpcbTransaction.ACCOUNTS_PER_BRANCH - 1) + ") AS aid";
    }

    List<String> addKeys() {
        return List.of(
                "ALTER TABLE " + table("branches") + " ADD PRIMARY KEY (bid)",
                "ALTER TABLE " + table("tellers") + " ADD PRIMARY KEY (tid)",
                "ALTER TABLE " + table("accounts") + " ADD PRIMARY KEY (aid)");
    }

    List<String> vacuum() {
        return List.of(
                "VACUUM ANALYZE " + table("branches"),
                "VACUUM ANALYZE " + table("tellers"),
                "VACUUM ANALYZE " + table("accounts"),
                "VACUUM ANALYZE " + table("history"));
    }

    String sums() {
        return "SELECT (SELECT coalesce(sum(abalance), 0) FROM " + table("accounts")
                + "), (SELECT coalesce(sum(tbalance), 0) FROM " + table("tellers")
                + "), (SELECT coalesce(sum(bbalance), 0) FROM " + table("branches")
                + "), (SELECT coalesce(sum(delta), 0) FROM " + table("history") + "), (SELECT count(*) FROM "
                + table("history") + ")";
    }
}
