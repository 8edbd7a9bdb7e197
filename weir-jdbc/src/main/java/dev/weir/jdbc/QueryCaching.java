package dev.weir.jdbc;

import dev.weir.time.Ticker;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * When a statement is answered from the cache, and when not. Makes the cache with the first statement that asks for it, so
 * that Caffeine is neither loaded nor needed before. Thread-safe.
 */
final class QueryCaching {

    /** What may be changed on a connection without changing its answers beyond what the key holds. */
    private static final int HARMLESS = ConnectionProperty.AUTO_COMMIT.bit
            | ConnectionProperty.READ_ONLY.bit
            | ConnectionProperty.HOLDABILITY.bit
            | ConnectionProperty.NETWORK_TIMEOUT.bit
            | ConnectionProperty.CATALOG.bit
            | ConnectionProperty.SCHEMA.bit;

    private final QueryCacheSettings settings;
    private final Ticker ticker;
    private final AtomicReference<@Nullable QueryCache> cache = new AtomicReference<>();

    QueryCaching(QueryCacheSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
    }

    QueryCache cache() {
        QueryCache known = cache.get();
        if (known != null) {
            return known;
        }
        try {
            QueryCache made = new QueryCache(settings, ticker);
            return cache.compareAndSet(null, made) ? made : cache();
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "the query cache needs com.github.ben-manes.caffeine:caffeine on the class path", missing);
        }
    }

    /** The cache, if a statement has asked for it already. */
    @Nullable QueryCache cacheIfUsed() {
        return cache.get();
    }

    /** How to ask the database. */
    @FunctionalInterface
    interface Question {
        ResultSet ask() throws SQLException;
    }

    /**
     * Answers a statement that carries a hint.
     *
     * @param statement whose result set it is to be
     * @param parameters as {@link CacheKey#comparable} made them
     */
    ResultSet answer(
            PhysicalConnection connection,
            Statement statement,
            CacheHint hint,
            String sql,
            List<@Nullable Object> parameters,
            Question question)
            throws SQLException {
        QueryCache used = cache();
        if (!mayCache(connection) || parameters.contains(CacheKey.INCOMPARABLE)) {
            used.bypassed();
            return question.ask();
        }
        List<@Nullable Object> asked = new ArrayList<>(parameters);
        asked.add(statement.getMaxRows());
        asked.add(statement.getMaxFieldSize());
        CacheKey key = key(connection, sql, asked);
        QueryCache.Found found = used.find(key);
        DetachedRows rows = found.rows();
        if (rows == null && !found.known()) {
            long change = used.change();
            try (ResultSet result = question.ask()) {
                rows = DetachedRows.read(result, used.maxEntryBytes());
            }
            used.put(key, hint, rows, change);
        }
        // A result that cannot be kept has been read in part: it is asked for again, this once.
        return rows == null ? question.ask() : DetachedResultSet.over(rows, statement);
    }

    private static CacheKey key(PhysicalConnection connection, String sql, List<@Nullable Object> parameters)
            throws SQLException {
        int dirty = connection.dirty();
        return new CacheKey(
                sql,
                parameters,
                ConnectionProperty.CATALOG.in(dirty) ? connection.raw.getCatalog() : null,
                ConnectionProperty.SCHEMA.in(dirty) ? connection.raw.getSchema() : null,
                connection.user());
    }

    /**
     * Not on a session whose statements changed it, for its answers are its own; and in a transaction only where the
     * server itself sees to it that it does not write.
     */
    private static boolean mayCache(PhysicalConnection connection) throws SQLException {
        if (!connection.changes().isEmpty() || (connection.dirty() & ~HARMLESS) != 0) {
            return false;
        }
        return connection.raw.getAutoCommit() || (connection.dialect != Dialect.OTHER && connection.raw.isReadOnly());
    }
}
