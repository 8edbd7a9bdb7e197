package dev.weir.benchmarks;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The processes of a PostgreSQL on this machine that serve our connections; each session is a process of one thread.
 *
 * @param pids of them
 */
record Sessions(List<Long> pids) {

    /** Nobody's: for what has no server. */
    static final Sessions NONE = new Sessions(List.of());

    /** Those that are open now; nobody's where their accounts cannot be read, because this is not Linux or the server is elsewhere. */
    static Sessions of(DataSource pool) throws SQLException {
        List<Long> pids = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select pid from pg_stat_activity where backend_type = 'client backend'")) {
            while (found.next()) {
                pids.add(found.getLong(1));
            }
        }
        boolean here = pids.stream().allMatch(pid -> Files.isReadable(CpuAccounts.of(pid)));
        return here ? new Sessions(List.copyOf(pids)) : NONE;
    }
}
