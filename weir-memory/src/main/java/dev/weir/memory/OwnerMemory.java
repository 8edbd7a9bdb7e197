package dev.weir.memory;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one pool, cache, history or server holds.
 *
 * @param name its name, as far as it has one; unique within a report
 * @param type the library and class it is of, such as {@code HikariCP}
 * @param kind what it serves
 * @param connections connections it holds; 0 for what has none
 * @param active those in use now; 0 where that is not known
 * @param columns its memory, by place
 * @param bytes the sum of the columns that are its own
 * @param lowBytes the least that may be, by the error of each column
 * @param highBytes the most
 * @param confidence how far to trust it
 * @param evidence how it was found and measured, a line each
 * @param lastActive when it was last seen at work, ISO-8601 in UTC; {@code null} while nobody has seen it work
 * @param allocations connections opened so far; {@code null} where neither the owner tells nor two looks have shown it
 * @param deallocations connections ended so far, likewise
 */
public record OwnerMemory(
        String name,
        String type,
        OwnerKind kind,
        int connections,
        int active,
        MemoryColumns columns,
        long bytes,
        long lowBytes,
        long highBytes,
        Confidence confidence,
        List<String> evidence,
        @Nullable String lastActive,
        @Nullable Long allocations,
        @Nullable Long deallocations)
        implements Serializable {

    /** Copies the evidence. */
    public OwnerMemory {
        evidence = List.copyOf(evidence);
    }
}
