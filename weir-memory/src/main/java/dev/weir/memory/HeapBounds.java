package dev.weir.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the Java heap lies.
 *
 * @param start its first byte, unsigned
 * @param end the first byte after what is reserved for it
 */
record HeapBounds(long start, long end) {

    private static final Pattern ADDRESS = Pattern.compile("0x([0-9a-f]{4,16})");

    /** Of this process's heap; {@code null} where the collector does not tell (ZGC). */
    static @Nullable HeapBounds ofThisProcess() {
        String text = DiagnosticCommands.ask("gcHeapInfo");
        return text == null ? null : parse(text);
    }

    static @Nullable HeapBounds parse(String text) {
        long start = -1;
        long end = 0;
        for (String line : text.split("\n", -1)) {
            // What follows about metaspace has addresses of its own in some versions.
            if (line.contains("Metaspace") || line.contains("class space")) {
                continue;
            }
            Matcher matcher = ADDRESS.matcher(line);
            while (line.indexOf('[') >= 0 && matcher.find()) {
                long address = Long.parseUnsignedLong(matcher.group(1), 16);
                start = start == -1 || Long.compareUnsigned(address, start) < 0 ? address : start;
                end = Long.compareUnsigned(address, end) > 0 ? address : end;
            }
        }
        return start == -1 || end == start ? null : new HeapBounds(start, end);
    }

    /**
     * How much of what is resident of a mapping is the heap's: all or nothing, but where the kernel has made one mapping of the heap and of what lies next
     * to it, by length.
     */
    long residentBytes(MemoryMap.Mapping mapping) {
        long from = Long.compareUnsigned(start, mapping.start()) > 0 ? start : mapping.start();
        long until = Long.compareUnsigned(end, mapping.end()) < 0 ? end : mapping.end();
        if (Long.compareUnsigned(from, until) >= 0) {
            return 0;
        }
        return Math.round((double) mapping.residentBytes() * (until - from) / mapping.length());
    }
}
