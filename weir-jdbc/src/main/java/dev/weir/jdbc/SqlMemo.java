package dev.weir.jdbc;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was read from the texts of statements, so that one that runs again is not read again. Safe for all threads, without
 * waiting: a place holds whatever was read last.
 *
 * <p>Bounded: {@value #PLACES} texts of at most {@value #LONGEST} characters, 64 kB at the most, or {@value
 * #PLACES_WITH_STATISTICS} and 512 kB where statements are counted; a longer one is read each time.
 */
final class SqlMemo {

    private static final int PLACES = 32;
    /** With statistics, what is not found here costs more. */
    private static final int PLACES_WITH_STATISTICS = 256;

    private static final int LONGEST = 1_000;

    /** There from the first statement on. */
    private volatile @Nullable AtomicReferenceArray<Entry> places;

    /**
     * What a text says.
     *
     * @param leaves what it leaves behind in its session
     * @param mayBeCached whether it may hold a {@link CacheHint}
     * @param use what its runs are counted under, if they are
     */
    record Entry(
            String sql,
            Dialect dialect,
            SessionChanges leaves,
            boolean mayBeCached,
            @Nullable StatementUse use) {
        /** Of a statement whose text is not known. */
        static final Entry NONE = new Entry("", Dialect.OTHER, SessionChanges.NONE, false, null);
    }

    private final @Nullable StatementStatistics statistics;
    private final int size;

    SqlMemo(@Nullable StatementStatistics statistics) {
        this.statistics = statistics;
        this.size = statistics == null ? PLACES : PLACES_WITH_STATISTICS;
    }

    private Entry read(String sql, Dialect dialect) {
        return new Entry(
                sql,
                dialect,
                StatementScanner.scan(sql, dialect),
                CacheHint.mayBeIn(sql),
                statistics == null ? null : statistics.use(sql, dialect));
    }

    @SuppressWarnings("ReferenceEquality") // the same text is mostly the same constant
    Entry of(String sql, Dialect dialect) {
        if (sql.length() > LONGEST) {
            return read(sql, dialect);
        }
        AtomicReferenceArray<Entry> all = places;
        if (all == null) {
            all = new AtomicReferenceArray<>(size);
            places = all;
        }
        int hash = sql.hashCode();
        int place = (hash ^ (hash >>> 16)) & (size - 1);
        Entry known = all.getAcquire(place);
        if (known != null && known.dialect == dialect && (known.sql == sql || known.sql.equals(sql))) {
            return known;
        }
        Entry read = read(sql, dialect);
        all.setRelease(place, read);
        return read;
    }
}
