package dev.weir.memory;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resident set by the kind of its mappings; all of it, each byte once.
 *
 * @param heapBytes the Java heap; 0 where it could not be told from the rest
 * @param lines what is told by the mapping alone: code, stacks, files
 * @param arenaBytes what the C library's allocator keeps together, a part of the others
 * @param otherBytes what is left
 */
record ResidentParts(long heapBytes, List<MemoryLine> lines, long arenaBytes, long otherBytes) {

    /** How ZGC's heap is called in the map. */
    private static final String HEAP_FILE = "/memfd:java_heap";

    private static final String CLASS_ARCHIVE = ".jsa";

    private static final String BY_MAP = "resident, by /proc/self/smaps";

    static ResidentParts of(MemoryMap map, @Nullable HeapBounds bounds) {
        Set<MemoryMap.Mapping> stacks = new HashSet<>(map.stacks());
        String home = System.getProperty("java.home", "none") + "/";
        long heap = 0;
        long code = 0;
        long stack = 0;
        long libraries = 0;
        long archives = 0;
        long files = 0;
        long other = 0;
        for (MemoryMap.Mapping mapping : map.mappings()) {
            boolean all = mapping.path().startsWith(HEAP_FILE);
            long inside = all ? mapping.residentBytes() : bounds == null ? 0 : bounds.residentBytes(mapping);
            heap += inside;
            long bytes = mapping.residentBytes() - inside;
            if (stacks.contains(mapping)) {
                stack += bytes;
            } else if (mapping.path().endsWith(CLASS_ARCHIVE)) {
                archives += bytes;
            } else if (mapping.path().startsWith(home)) {
                libraries += bytes;
            } else if (mapping.path().startsWith("/")) {
                files += bytes;
            } else if (mapping.isAnonymous() && mapping.rights().indexOf('x') >= 0) {
                code += bytes;
            } else {
                other += bytes;
            }
        }
        List<MemoryLine> lines = new ArrayList<>();
        lines.add(line("thread stacks", stack, BY_MAP + ", of " + stacks.size() + " threads"));
        lines.add(line("JVM: compiled code", code, BY_MAP));
        lines.add(line("JVM: class data archive", archives, BY_MAP));
        lines.add(line("JVM: its libraries and modules", libraries, BY_MAP + ", shared with other JVMs in part"));
        lines.add(line("other mapped files", files, BY_MAP + ": libraries, and what the program maps"));
        long arenas = map.arenas().stream()
                .mapToLong(MemoryMap.Mapping::residentBytes)
                .sum();
        // Where the collector does not tell where the heap lies, what is committed of it is taken to be resident.
        long unseen = heap > 0 ? 0 : committedHeap();
        return new ResidentParts(heap, lines, arenas, Math.max(0, other - unseen));
    }

    private static long committedHeap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }

    private static MemoryLine line(String name, long bytes, String how) {
        return new MemoryLine(name, MemoryFigure.measured(bytes, how));
    }
}
