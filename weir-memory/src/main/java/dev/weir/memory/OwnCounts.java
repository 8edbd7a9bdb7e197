package dev.weir.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the known owners count themselves, read from their fields: connections in use, opened and ended. */
final class OwnCounts {

    private static final List<String> ACTIVE = List.of("activeCount");
    private static final List<String> OPENED = List.of(
            "createCount",
            "connectionPool.createdCount",
            "pool.createdCount",
            "createdCount",
            "pool.pool.createdCount");
    private static final List<String> CLOSED =
            List.of("destroyCount", "connectionPool.destroyedCount", "pool.releasedCount", "destroyedCount");

    private OwnCounts() {}

    static FoundOwner.Counts of(Object owner, FieldPaths paths) {
        Long active = first(owner, ACTIVE, paths);
        return new FoundOwner.Counts(
                null,
                active == null ? null : active.intValue(),
                first(owner, OPENED, paths),
                first(owner, CLOSED, paths),
                null);
    }

    private static @Nullable Long first(Object owner, List<String> fields, FieldPaths paths) {
        for (String field : fields) {
            Long value = paths.number(owner, field);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
