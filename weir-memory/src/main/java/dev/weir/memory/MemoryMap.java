package dev.weir.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The mappings of this process with what is resident of each, from {@code /proc/self/smaps}, lowest address first. Immutable. */
record MemoryMap(List<Mapping> mappings) {

    /**
     * One of them. Addresses are unsigned.
     *
     * @param start its first byte
     * @param end the first byte after it
     * @param rights such as {@code rw-p}
     * @param path what is mapped; empty where that is no file
     * @param residentBytes how much of it is in memory
     */
    record Mapping(long start, long end, String rights, String path, long residentBytes) {

        boolean contains(long address) {
            return Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0;
        }

        long length() {
            return end - start;
        }

        boolean isAnonymous() {
            return path.isEmpty();
        }

        boolean isGuard() {
            return rights.startsWith("---");
        }
    }

    /** What belongs to glibc's allocator begins at a multiple of this, and is reserved as much at a time. */
    private static final long ARENA = 64L << 20;

    /** HotSpot and glibc end a stack by an inaccessible piece no longer than this; what is longer is only reserved. */
    private static final long LONGEST_GUARD = 64L << 10;

    private static final Pattern HEAD =
            Pattern.compile("^([0-9a-f]+)-([0-9a-f]+) ([-rwxps]{4}) [0-9a-f]+ \\S+ \\d+\\s*(.*)$");

    MemoryMap {
        mappings = List.copyOf(mappings);
    }

    /** The map of now; {@code null} where there is no such file. */
    static @Nullable MemoryMap ofThisProcess() {
        try {
            return parse(Files.readAllLines(Path.of("/proc/self/smaps")));
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    static MemoryMap parse(List<String> lines) {
        List<Mapping> mappings = new ArrayList<>();
        Matcher head = HEAD.matcher("");
        for (String line : lines) {
            if (line.startsWith("Rss:") && !mappings.isEmpty()) {
                int last = mappings.size() - 1;
                Mapping one = mappings.get(last);
                long resident = Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                mappings.set(last, new Mapping(one.start(), one.end(), one.rights(), one.path(), resident));
            } else if (Character.digit(line.charAt(0), 16) >= 0
                    && head.reset(line).matches()) {
                mappings.add(new Mapping(
                        Long.parseUnsignedLong(head.group(1), 16),
                        Long.parseUnsignedLong(head.group(2), 16),
                        head.group(3),
                        head.group(4),
                        0));
            }
        }
        return new MemoryMap(mappings);
    }

    long residentBytes() {
        return mappings.stream().mapToLong(Mapping::residentBytes).sum();
    }

    /** The mapping that an address lies in. */
    @Nullable Mapping at(long address) {
        int low = 0;
        int high = mappings.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Mapping mapping = mappings.get(middle);
            if (mapping.contains(address)) {
                return mapping;
            }
            if (Long.compareUnsigned(address, mapping.start()) < 0) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return null;
    }

    /** The stacks of threads: the first thread's, and what follows a short guard. */
    List<Mapping> stacks() {
        List<Mapping> stacks = new ArrayList<>();
        Mapping before = null;
        for (Mapping mapping : mappings) {
            boolean guarded = before != null
                    && before.isGuard()
                    && before.isAnonymous()
                    && before.length() <= LONGEST_GUARD
                    && before.end() == mapping.start();
            if (mapping.path().equals("[stack]")
                    || (guarded && mapping.isAnonymous() && mapping.rights().equals("rw-p"))) {
                stacks.add(mapping);
            }
            before = mapping;
        }
        return stacks;
    }

    /** What the C library's allocator keeps together: its heap, and its arenas. Large pieces lie elsewhere, each by itself. */
    List<Mapping> arenas() {
        List<Mapping> arenas = new ArrayList<>();
        for (int i = 0; i < mappings.size(); i++) {
            Mapping mapping = mappings.get(i);
            Mapping next = i + 1 < mappings.size() ? mappings.get(i + 1) : mapping;
            boolean reserved = next.isGuard() && next.start() == mapping.end() && next.end() == mapping.start() + ARENA;
            if (mapping.path().equals("[heap]")
                    || (mapping.isAnonymous()
                            && mapping.rights().equals("rw-p")
                            && mapping.start() % ARENA == 0
                            && (reserved || mapping.length() == ARENA))) {
                arenas.add(mapping);
            }
        }
        return arenas;
    }
}
