package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query whose answers are kept for a while; made by {@link WeirDataSource#cached}. An answer that is kept takes no connection.
 * Answers are detached from the database: scrollable, read-only, wholly in memory, and safe to use after their connection
 * went back. Thread-safe; each answer is for one thread.
 */
public final class CachedQuery {

    private final WeirDataSource dataSource;
    private final JdbcPool home;
    private final String sql;
    private final CacheHint hint;

    CachedQuery(WeirDataSource dataSource, JdbcPool home, String sql, CacheHint hint) {
        this.dataSource = dataSource;
        this.home = home;
        this.sql = sql;
        this.hint = hint;
    }

    /**
     * The answer, from the cache or, where it is not there, from the database in a connection and a transaction of its own.
     *
     * @param parameters for the question marks, in order, set by {@link PreparedStatement#setObject(int, Object)}
     * @throws SQLException if the database says so, or there is no connection, or the answer holds values that exist
     *     only on their connection, such as arrays
     */
    public ResultSet query(@Nullable Object... parameters) throws SQLException {
        QueryCache cache = home.queryCaching().cache();
        List<@Nullable Object> asked = new ArrayList<>();
        for (Object parameter : parameters) {
            asked.add(CacheKey.comparable(parameter));
        }
        boolean comparable = !asked.contains(CacheKey.INCOMPARABLE);
        DetachedRows rows = comparable ? cache.find(key(asked)).rows() : null;
        if (rows == null) {
            long change = cache.change();
            rows = ask(parameters);
            if (comparable && rows.bytes() <= cache.maxEntryBytes()) {
                // Only now is it known for sure whose connection it was: the pool may have had none before.
                cache.put(key(asked), hint, rows, change);
            } else {
                cache.bypassed();
            }
        }
        return DetachedResultSet.over(rows, null);
    }

    private CacheKey key(List<@Nullable Object> asked) {
        return new CacheKey(sql, asked, null, null, home.user());
    }

    private DetachedRows ask(@Nullable Object[] parameters) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                DetachedRows rows = DetachedRows.read(result, Long.MAX_VALUE);
                if (rows == null) {
                    throw new SQLException(
                            "the result holds values that exist only on their connection, such as arrays: ask without the cache",
                            "0A000");
                }
                return rows;
            }
        }
    }

    /** Drops the answers that are kept, for whatever parameters. */
    public void invalidate() {
        home.queryCaching().cache().invalidate(sql);
    }
}
