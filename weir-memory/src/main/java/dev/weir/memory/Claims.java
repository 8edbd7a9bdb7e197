package dev.weir.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who says that some of the memory without a name is his. What was allocated is taken to be resident; what was only committed may not be, so it
 * yields where all together claim more than there is, and buffers that nobody wrote to yield after it. Not thread-safe.
 */
final class Claims {

    /** How sure it is that what is claimed is resident. */
    private enum Presence {
        /** Written to when it was taken. */
        SURE,
        /** Most allocators of buffers clear them, some do not. */
        LIKELY,
        /** Committed; may never have been touched. */
        POSSIBLE
    }

    private record Claim(String name, long bytes, String how, Presence presence, Basis basis) {}

    /** Told by the map, or counted elsewhere: what such a category has mapped is no claim. */
    private static final Set<String> MAPPED_ELSEWHERE =
            Set.of("Java Heap", "Thread", "Code", "Class", "Metaspace", "Shared class space");

    /** In here native memory tracking counts what buffers hold. */
    private static final String WITH_BUFFERS = "Other";

    private static final String ALLOCATED = "allocated, by native memory tracking";
    private static final String COMMITTED = "committed, by native memory tracking";

    private final List<Claim> claims = new ArrayList<>();

    /** Classes: committed in small steps as it is used, so nearly all of it is resident. */
    void metaspace() {
        pools("Metaspace");
    }

    /** Compiled code, where no map tells it. */
    void code() {
        pools("Code");
    }

    private void pools(String prefix) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            String name = pool.getName();
            if (name.startsWith(prefix)) {
                add("JVM: " + name, pool.getUsage().getCommitted(), "committed, by its pool's bean", Presence.SURE);
            }
        }
    }

    void direct(DirectMemory direct, boolean nettyLookedFor) {
        add(
                "direct buffers",
                direct.otherBytes(),
                "allocated, by the JDK's counter" + (nettyLookedFor ? ", without Netty's" : "; not all of Netty's"),
                Presence.LIKELY);
        if (direct.nettyFound() > 0) {
            add("direct memory of Netty", direct.nettyBytes(), "allocated, by Netty's counter", Presence.LIKELY);
        }
    }

    void categories(List<NativeMemory.Category> categories, long direct) {
        for (NativeMemory.Category category : categories) {
            String name = category.name();
            long allocated = category.allocatedBytes() - (name.equals(WITH_BUFFERS) ? direct : 0);
            add("JVM: " + name, allocated, ALLOCATED, Presence.SURE);
            if (!MAPPED_ELSEWHERE.contains(name)) {
                add("JVM: " + name + ", mapped", category.mappedBytes(), COMMITTED, Presence.POSSIBLE);
            }
        }
    }

    /**
     * What the C library's allocator has together, so far as it is not claimed: where the JVM tells nothing all of it, else what is beyond that. Told
     * last of all.
     */
    void allocator(long arenas, long there, boolean tracked) {
        long claimed = bytes(claim -> claim.presence() != Presence.POSSIBLE);
        long allocated = bytes(claim -> claim.how().equals(ALLOCATED));
        claims.add(new Claim(
                "native allocator (malloc)",
                Math.max(0, Math.min(arenas - allocated, there - claimed)),
                tracked
                        ? "its arenas, less what the JVM has allocated: of libraries, and freed memory that it keeps"
                        : "resident, by /proc/self/smaps: of the JVM and of libraries; what was freed and is kept included",
                Presence.SURE,
                tracked ? Basis.ESTIMATED : Basis.MEASURED));
    }

    private void add(String name, long bytes, String how, Presence presence) {
        if (bytes > 0) {
            claims.add(new Claim(name, bytes, how, presence, Basis.MEASURED));
        }
    }

    /** @param there how much there is to claim */
    void addTo(List<MemoryLine> lines, long there) {
        long over = Math.max(0, bytes(claim -> true) - there);
        Map<Presence, Double> kept = new EnumMap<>(Presence.class);
        for (Presence presence : List.of(Presence.POSSIBLE, Presence.LIKELY)) {
            long yielding = bytes(claim -> claim.presence() == presence);
            long yielded = Math.min(over, yielding);
            over -= yielded;
            kept.put(presence, yielding == 0 ? 1 : 1 - (double) yielded / yielding);
        }
        for (Claim claim : claims) {
            long bytes = Math.round(claim.bytes() * kept.getOrDefault(claim.presence(), 1.0));
            lines.add(new MemoryLine(
                    claim.name(),
                    bytes == claim.bytes()
                            ? new MemoryFigure(bytes, claim.basis(), claim.how())
                            : MemoryFigure.estimated(
                                    bytes,
                                    "of " + Bytes.text(claim.bytes()) + " " + claim.how()
                                            + "; no more can be resident")));
        }
    }

    private long bytes(Predicate<Claim> which) {
        return claims.stream().filter(which).mapToLong(Claim::bytes).sum();
    }
}
