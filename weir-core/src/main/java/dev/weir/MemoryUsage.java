package dev.weir;

import java.util.List;
import java.util.Locale;

/**
 * What a process's pools hold in memory. Every figure says whether it was measured; the totals keep the two apart.
 *
 * @param connectionsCount connections opened and not yet ended
 * @param metricsCount samples in the histories
 * @param alertsCount alerts in the histories
 * @param scalingEventsCount scaling decisions in the histories
 * @param leaksCount leaks in the histories
 * @param cacheEntries entries of all caches
 * @param cacheBytes bytes of all caches, measured or not
 * @param measuredBytes the sum of what was measured
 * @param estimatedBytes the sum of what was not
 * @param grantedBytes bytes of the memory budget that are granted
 * @param pools each pool's lines, in the order of registration
 */
public record MemoryUsage(
        long connectionsCount,
        long metricsCount,
        long alertsCount,
        long scalingEventsCount,
        long leaksCount,
        long cacheEntries,
        long cacheBytes,
        long measuredBytes,
        long estimatedBytes,
        long grantedBytes,
        List<PoolUsage> pools) {

    /** Copies the pools. */
    public MemoryUsage {
        pools = List.copyOf(pools);
    }

    /** What is counted. */
    public enum Kind {
        /** Connections. */
        CONNECTIONS,
        /** Samples. */
        METRICS,
        /** Scaling decisions. */
        SCALING_EVENTS,
        /** Alerts. */
        ALERTS,
        /** Leaks. */
        LEAKS,
        /** Cached results. */
        CACHE
    }

    /** Where a number of bytes comes from. */
    public enum Basis {
        /** Weighed or reported by what holds them. */
        MEASURED,
        /** A count times a typical size: nobody could measure. */
        ESTIMATED
    }

    /**
     * A line of a pool's account.
     *
     * @param kind what is counted
     * @param count how many
     * @param bytes what they use together
     * @param basis whether that was measured
     * @param how how the bytes were found, in words
     */
    public record Figure(Kind kind, long count, long bytes, Basis basis, String how) {}

    /**
     * A pool's figures; a kind that is measured in part has two lines.
     *
     * @param pool the pool's name
     * @param figures its lines
     */
    public record PoolUsage(String pool, List<Figure> figures) {
        /** Copies the figures. */
        public PoolUsage {
            figures = List.copyOf(figures);
        }

        long count(Kind kind) {
            return figures.stream()
                    .filter(figure -> figure.kind() == kind)
                    .mapToLong(Figure::count)
                    .sum();
        }

        long bytes(Kind kind) {
            return figures.stream()
                    .filter(figure -> figure.kind() == kind)
                    .mapToLong(Figure::bytes)
                    .sum();
        }

        long bytes(Basis basis) {
            return figures.stream()
                    .filter(figure -> figure.basis() == basis)
                    .mapToLong(Figure::bytes)
                    .sum();
        }
    }

    static MemoryUsage of(List<PoolUsage> pools, long grantedBytes) {
        return new MemoryUsage(
                count(pools, Kind.CONNECTIONS),
                count(pools, Kind.METRICS),
                count(pools, Kind.ALERTS),
                count(pools, Kind.SCALING_EVENTS),
                count(pools, Kind.LEAKS),
                count(pools, Kind.CACHE),
                pools.stream().mapToLong(pool -> pool.bytes(Kind.CACHE)).sum(),
                pools.stream().mapToLong(pool -> pool.bytes(Basis.MEASURED)).sum(),
                pools.stream().mapToLong(pool -> pool.bytes(Basis.ESTIMATED)).sum(),
                grantedBytes,
                pools);
    }

    private static long count(List<PoolUsage> pools, Kind kind) {
        return pools.stream().mapToLong(pool -> pool.count(kind)).sum();
    }

    /** As a table. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%-20s %-15s %8s %14s  %s%n", "pool", "what", "count", "bytes", "basis"));
        for (PoolUsage pool : pools) {
            for (Figure figure : pool.figures()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%-20s %-15s %8d %14d  %s: %s%n",
                        pool.pool(),
                        name(figure.kind()),
                        figure.count(),
                        figure.bytes(),
                        name(figure.basis()),
                        figure.how()));
            }
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%d bytes measured, %d bytes estimated, %d bytes granted by the budget",
                        measuredBytes,
                        estimatedBytes,
                        grantedBytes))
                .toString();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
