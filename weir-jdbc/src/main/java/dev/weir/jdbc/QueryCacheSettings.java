package dev.weir.jdbc;

/**
 * The bounds of a query cache. A cache exists only once a statement asks to be cached.
 *
 * @param maxEntries the most results it keeps
 * @param maxBytes the most bytes it keeps, as estimated from the values of the results
 * @param maxEntryBytes the most bytes of one result; a bigger one is not cached
 */
public record QueryCacheSettings(int maxEntries, long maxBytes, long maxEntryBytes) {

    /** 100 results, as the source has it (R5), in 8 MiB, of 512 KiB at most each. */
    public static final QueryCacheSettings DEFAULT = new QueryCacheSettings(100, 8L << 20, 512L << 10);
}
