package dev.weir.jdbc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.weir.time.Ticker;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Results of queries that asked to be cached: by {@link WeirDataSource#cached}, or by a hint in their text. Bounded in entries
 * and in bytes, each entry for its own time to live. It does not hear of changes in the database: whoever makes them calls
 * {@link #invalidateTable}, or the time to live is what the answer may be late by. Thread-safe.
 */
public final class QueryCache {

    /** Tables whose last change is remembered; with more, everything cached is dropped and they are forgotten. */
    private static final int MAX_TABLES = 1_000;

    private final Cache<CacheKey, Entry> entries;
    private final long maxEntryBytes;

    /** Counts the changes; an entry is as old as the change that came before it was asked for. */
    private final AtomicLong changes = new AtomicLong();

    private final ConcurrentMap<String, Long> changedTables = new ConcurrentHashMap<>();
    private volatile long allChanged;

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder notCached = new LongAdder();
    private final LongAdder evicted = new LongAdder();

    /** A result; without rows, the note that the query has none that can be kept. */
    private record Entry(@Nullable DetachedRows rows, CacheHint hint, long change) {
        long bytes() {
            return rows == null ? 0 : rows.bytes();
        }
    }

    QueryCache(QueryCacheSettings settings, Ticker ticker) {
        this.maxEntryBytes = settings.maxEntryBytes();
        // One weight bounds both: no entry weighs less than its part of all bytes, so that there are no more than
        // maxEntries.
        long least = settings.maxBytes() / settings.maxEntries();
        this.entries = Caffeine.newBuilder()
                .maximumWeight(settings.maxBytes())
                .weigher((CacheKey key, Entry entry) ->
                        (int) Math.min(Integer.MAX_VALUE, Math.max(least, key.bytes() + entry.bytes())))
                .expireAfter(Expiry.<CacheKey, Entry>creating(
                        (key, entry) -> entry.hint().ttl()))
                .evictionListener(
                        (@Nullable CacheKey key, @Nullable Entry entry, RemovalCause cause) -> evicted.increment())
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .build();
    }

    /** Drops every result. */
    public void invalidateAll() {
        allChanged = changes.incrementAndGet();
        entries.invalidateAll();
    }

    /** Drops the results made from a table, and those being made now. Cases are not told apart. */
    public void invalidateTable(String table) {
        String name = CacheHint.table(table);
        if (changedTables.size() >= MAX_TABLES && !changedTables.containsKey(name)) {
            invalidateAll();
            changedTables.clear();
            return;
        }
        changedTables.merge(name, changes.incrementAndGet(), Math::max);
        entries.asMap().values().removeIf(entry -> entry.hint().tables().contains(name));
    }

    /** Drops the results of a query, for whatever parameters. */
    public void invalidate(String sql) {
        // What is being asked now is dropped with everything else that is: it cannot be told apart by its query.
        allChanged = changes.incrementAndGet();
        entries.asMap().keySet().removeIf(key -> key.sql().equals(sql));
    }

    /** What it holds and how it did. */
    public QueryCacheCounts counts() {
        entries.cleanUp();
        long bytes = 0;
        for (Map.Entry<CacheKey, Entry> entry : entries.asMap().entrySet()) {
            bytes += entry.getKey().bytes() + entry.getValue().bytes();
        }
        return new QueryCacheCounts(
                (int) entries.estimatedSize(), bytes, hits.sum(), misses.sum(), notCached.sum(), evicted.sum());
    }

    long maxEntryBytes() {
        return maxEntryBytes;
    }

    /** What is known of a question: rows, that it has none that can be kept, or nothing. */
    Found find(CacheKey key) {
        Entry entry = entries.getIfPresent(key);
        if (entry != null && isStale(entry.hint().tables(), entry.change())) {
            entries.asMap().remove(key, entry);
            entry = null;
        }
        if (entry == null) {
            misses.increment();
            return Found.NOTHING;
        }
        if (entry.rows() == null) {
            notCached.increment();
            return Found.NOT_CACHEABLE;
        }
        hits.increment();
        return new Found(entry.rows(), true);
    }

    /** To be taken before the database is asked, and given to {@link #put} afterwards. */
    long change() {
        return changes.get();
    }

    /** Keeps a result, or the note that there is none to keep, unless something it was made from has changed since. */
    void put(CacheKey key, CacheHint hint, @Nullable DetachedRows rows, long change) {
        if (!isStale(hint.tables(), change)) {
            entries.put(key, new Entry(rows, hint, change));
        }
    }

    /** Counts a question that asked to be cached and was not. */
    void bypassed() {
        notCached.increment();
    }

    private boolean isStale(Collection<String> tables, long change) {
        if (change < allChanged) {
            return true;
        }
        for (String table : tables) {
            Long changed = changedTables.get(table);
            if (changed != null && change < changed) {
                return true;
            }
        }
        return false;
    }

    /** What a cache knows. */
    record Found(@Nullable DetachedRows rows, boolean known) {
        static final Found NOTHING = new Found(null, false);
        static final Found NOT_CACHEABLE = new Found(null, true);
    }
}
