package dev.weir.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that add up to the process's resident set, {@code unexplained} last. Where Linux tells what is resident of each
 * mapping, a line is no more than that.
 */
record ProcessAccount(List<MemoryLine> lines, DirectMemory direct, long residentBytes) {

    static ProcessAccount read(Attribution attribution, @Nullable HeapAccess access, List<String> notes) {
        DirectMemory direct = DirectMemory.read(access);
        HeapBounds bounds = HeapBounds.ofThisProcess();
        // These two at nearly the same moment: what is compared must not have changed between.
        MemoryMap map = MemoryMap.ofThisProcess();
        String summary = DiagnosticCommands.ask("vmNativeMemory", "summary");
        List<NativeMemory.Category> categories = summary == null ? List.of() : NativeMemory.categories(summary);
        if (categories.isEmpty()) {
            notes.add("the JVM does not tell what its own memory is for: start it with"
                    + " -XX:NativeMemoryTracking=summary for more");
        }
        List<MemoryLine> lines = new ArrayList<>();
        ResidentParts parts = map == null ? null : ResidentParts.of(map, bounds);
        heap(attribution, parts, lines);
        Claims claims = new Claims();
        claims.metaspace();
        claims.direct(direct, access != null);
        if (map == null || parts == null) {
            notes.add("the resident set could not be read: there is no /proc/self/smaps here");
            claims.code();
            claims.categories(categories, direct.totalBytes());
            claims.addTo(lines, Long.MAX_VALUE);
            return new ProcessAccount(unexplained(lines, 0), direct, 0);
        }
        lines.addAll(parts.lines());
        claims.categories(categories, direct.totalBytes());
        claims.allocator(parts.arenaBytes(), parts.otherBytes(), !categories.isEmpty());
        claims.addTo(lines, parts.otherBytes());
        return new ProcessAccount(unexplained(lines, map.residentBytes()), direct, map.residentBytes());
    }

    private static List<MemoryLine> unexplained(List<MemoryLine> lines, long resident) {
        long explained = lines.stream().mapToLong(line -> line.figure().bytes()).sum();
        lines.add(new MemoryLine(
                "unexplained",
                MemoryFigure.measured(
                        resident - explained,
                        explained > resident
                                ? "negative: some of what is counted is not resident"
                                : "what the C library's allocator keeps for itself, and what nobody tells")));
        return lines;
    }

    private static void heap(Attribution attribution, @Nullable ResidentParts parts, List<MemoryLine> lines) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long resident = parts == null || parts.heapBytes() == 0 ? heap.getCommitted() : parts.heapBytes();
        long used = Math.min(heap.getUsed(), resident);
        long owned = attribution.owners().stream()
                .mapToLong(owner -> owner.columns().heapExclusive().bytes()
                        + owner.columns().inFlight().bytes())
                .sum();
        long shared = attribution.shared().bytes();
        lines.add(new MemoryLine("heap of the owners", MemoryFigure.measured(owned, "the sum of their columns")));
        lines.add(new MemoryLine("heap that owners share", attribution.shared()));
        lines.add(new MemoryLine(
                "application heap",
                MemoryFigure.measured(used - owned - shared, "used, less the lines above; garbage included")));
        lines.add(new MemoryLine(
                "GC slack",
                MemoryFigure.measured(
                        resident - used,
                        resident == heap.getCommitted() ? "committed, not used" : "resident, not used")));
    }
}
