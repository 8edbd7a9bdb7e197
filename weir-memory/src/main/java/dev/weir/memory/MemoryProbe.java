package dev.weir.memory;

import java.util.List;

/**
 * Finds owners of memory that the analyzer does not know: one more kind of pool, cache or server. Given to
 * {@link ProcessMemoryAnalyzer.Builder#probe}, or named in {@code META-INF/services/dev.weir.memory.MemoryProbe} and found by
 * {@link java.util.ServiceLoader}.
 *
 * <p>Called once an analysis, on the thread that analyses. A probe that fails is noted in the report and costs it nothing
 * else.
 */
public interface MemoryProbe {

    /** The owners there are now; must not block, open connections or start threads. */
    List<FoundOwner> find();

    /** What changes of settings would save, and what earlier ones have saved; none by default. Must not block. */
    default List<MemoryAdvice> advice() {
        return List.of();
    }
}
