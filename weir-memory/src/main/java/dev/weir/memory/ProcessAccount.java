package dev.weir.memory;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/** The lines that add up to the process's resident set, {@code unexplained} last. */
record ProcessAccount(List<MemoryLine> lines, long residentBytes) {

    static ProcessAccount read(Attribution attribution, List<String> notes) {
        List<MemoryLine> lines = new ArrayList<>();
        heap(attribution, lines);
        List<MemoryLine> categories = nativeCategories();
        if (categories.isEmpty()) {
            notes.add(
                    "the JVM's own memory is told by pools alone: start it with -XX:NativeMemoryTracking=summary for more");
            beans(lines);
        } else {
            lines.addAll(categories);
        }
        long resident = resident();
        if (resident == 0) {
            notes.add("the resident set could not be read: there is no /proc/self/smaps_rollup here");
        }
        long explained = lines.stream().mapToLong(line -> line.figure().bytes()).sum();
        lines.add(new MemoryLine(
                "unexplained",
                MemoryFigure.measured(
                        resident - explained,
                        explained > resident
                                ? "negative: some of what is committed is not resident"
                                : "libraries, malloc and what nobody tells")));
        return new ProcessAccount(lines, resident);
    }

    private static void heap(Attribution attribution, List<MemoryLine> lines) {
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        long owned = attribution.owners().stream()
                .mapToLong(owner -> owner.columns().heapExclusive().bytes()
                        + owner.columns().inFlight().bytes())
                .sum();
        long shared = attribution.shared().bytes();
        lines.add(new MemoryLine("heap of the owners", MemoryFigure.measured(owned, "the sum of their columns")));
        lines.add(new MemoryLine("heap that owners share", attribution.shared()));
        lines.add(new MemoryLine(
                "application heap",
                MemoryFigure.measured(
                        heap.getUsed() - owned - shared, "used, less the lines above; garbage included")));
        lines.add(new MemoryLine(
                "GC slack", MemoryFigure.measured(heap.getCommitted() - heap.getUsed(), "committed, not used")));
    }

    private static void beans(List<MemoryLine> lines) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            // Metaspace holds the class space: its pool would count twice.
            if (pool.getType() == MemoryType.NON_HEAP && !pool.getName().equals("Compressed Class Space")) {
                lines.add(new MemoryLine(
                        "JVM: " + pool.getName(),
                        MemoryFigure.measured(pool.getUsage().getCommitted(), "committed, by its pool's bean")));
            }
        }
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        lines.add(new MemoryLine(
                "direct buffers", MemoryFigure.measured(direct, "by the JDK's bean; not all of Netty's")));
    }

    private static List<MemoryLine> nativeCategories() {
        try {
            Object text = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "vmNativeMemory",
                            new Object[] {new String[] {"summary"}},
                            new String[] {String[].class.getName()});
            return NativeMemory.lines(String.valueOf(text));
        } catch (JMException | RuntimeException absent) {
            return List.of();
        }
    }

    private static long resident() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/smaps_rollup"))) {
                if (line.startsWith("Rss:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            return 0;
        }
        return 0;
    }
}
