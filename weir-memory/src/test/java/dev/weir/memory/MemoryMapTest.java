package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of what Linux and the JVM say. */
class MemoryMapTest {

    private static final String TEXT = """
            c0000000-c2000000 rw-p 00000000 00:00 0
            Size:              32768 kB
            Rss:               20000 kB
            c2000000-d0000000 ---p 00000000 00:00 0
            Rss:                   0 kB
            55b777006000-55b77704d000 rw-p 00000000 00:00 0                          [heap]
            Rss:                 108 kB
            7f1460000000-7f1460021000 rw-p 00000000 00:00 0
            Rss:                   8 kB
            7f1460021000-7f1464000000 ---p 00000000 00:00 0
            Rss:                   0 kB
            7f1482400000-7f1482404000 ---p 00000000 00:00 0
            Rss:                   0 kB
            7f1482404000-7f1482500000 rw-p 00000000 00:00 0
            Rss:                  88 kB
            7f1487000000-7f1487bc7000 rw-p 00001000 fe:00 328258                     /jdk/lib/server/classes.jsa
            Rss:               11984 kB
            7f14e1400000-7f14e1670000 rwxp 00000000 00:00 0
            Rss:                1936 kB
            7f14fc600000-7f14fc851000 r--p 00000000 fe:00 328261                     /usr/lib/with a blank/lib.so
            Rss:                2372 kB
            7ffdb861a000-7ffdb863b000 rw-p 00000000 00:00 0                          [stack]
            Rss:                  40 kB
            """;

    private final MemoryMap map = MemoryMap.parse(TEXT.lines().toList());

    @Test
    void everyMappingIsReadWithWhatIsResidentOfIt() {
        assertThat(map.mappings()).hasSize(11);
        assertThat(map.residentBytes()).isEqualTo((20_000 + 108 + 8 + 88 + 11_984 + 1_936 + 2_372 + 40) * 1024L);
        assertThat(map.mappings().get(9).path()).isEqualTo("/usr/lib/with a blank/lib.so");
    }

    @Test
    void stacksAreKnownByTheirGuardAndArenasByTheirReserve() {
        assertThat(map.stacks()).extracting(MemoryMap.Mapping::start).containsExactly(0x7f1482404000L, 0x7ffdb861a000L);
        assertThat(map.arenas()).extracting(MemoryMap.Mapping::start).containsExactly(0x55b777006000L, 0x7f1460000000L);
        assertThat(map.at(0x7f14824fff00L)).isEqualTo(map.mappings().get(6));
        assertThat(map.at(0)).isNull();
    }

    @Test
    void everyByteIsInOnePart() {
        ResidentParts parts = ResidentParts.of(map, new HeapBounds(0xc0000000L, 0xd0000000L));
        long told =
                parts.lines().stream().mapToLong(line -> line.figure().bytes()).sum();
        assertThat(parts.heapBytes()).isEqualTo(20_000 * 1024);
        assertThat(parts.heapBytes() + told + parts.otherBytes()).isEqualTo(map.residentBytes());
        assertThat(parts.otherBytes())
                .as("the allocator's, nothing else here")
                .isEqualTo(parts.arenaBytes())
                .isEqualTo((108 + 8) * 1024);
    }

    @Test
    void whatTheKernelHasJoinedToTheHeapIsDividedByLength() {
        HeapBounds heap = new HeapBounds(0x1000, 0x3000);
        assertThat(heap.residentBytes(new MemoryMap.Mapping(0x2000, 0x6000, "rw-p", "", 400)))
                .isEqualTo(100);
        assertThat(heap.residentBytes(new MemoryMap.Mapping(0x3000, 0x4000, "rw-p", "", 400)))
                .isZero();
        assertThat(heap.residentBytes(new MemoryMap.Mapping(0x1000, 0x2000, "rw-p", "", 400)))
                .isEqualTo(400);
    }

    @Test
    void theHeapLiesWhereTheCollectorSays() {
        assertThat(HeapBounds.parse("""
                garbage-first heap   total 352256K, used 111161K [0x00000000e0000000, 0x0000000100000000)
                  region size 1024K, 43 young (44032K), 10 survivors (10240K)
                 Metaspace       used 9485K, committed 9728K, reserved 1114112K
                """)).isEqualTo(new HeapBounds(0xe0000000L, 0x100000000L));
        assertThat(HeapBounds.parse("""
                 def new generation   total 78656K, used 5596K [0x00000000f0000000, 0x00000000f5550000, 0x00000000f5550000)
                  eden space 69952K,   8% used [0x00000000f0000000, 0x00000000f0577018, 0x00000000f4450000)
                 tenured generation   total 174784K, used 0K [0x00000000f5550000, 0x0000000100000000, 0x0000000100000000)
                """)).isEqualTo(new HeapBounds(0xf0000000L, 0x100000000L));
        assertThat(HeapBounds.parse("ZHeap           used 12M, capacity 256M, max capacity 256M"))
                .isNull();
    }

    @Test
    void nativeMemoryIsReadByWhatWasAllocatedAndWhatWasMapped() {
        assertThat(NativeMemory.categories("""
                Total: reserved=2047358KB, committed=482114KB
                -                        GC (reserved=57814KB, committed=51442KB)
                                            (malloc=5518KB #2518) (peak=5527KB #2516)
                                            (mmap: reserved=52296KB, committed=45924KB)

                -                    Thread (reserved=41071KB, committed=3079KB)
                                            (thread #40)
                                            (stack: reserved=40960KB, committed=2968KB)
                                            (malloc=66KB #244) (peak=75KB #248)
                                            (arena=45KB #78) (peak=914KB #34)
                """))
                .containsExactly(
                        new NativeMemory.Category("GC", 5518 * 1024, 45_924 * 1024),
                        new NativeMemory.Category("Thread", 111 * 1024, 2968 * 1024));
        assertThat(NativeMemory.categories("Native memory tracking is not enabled"))
                .isEmpty();
    }

    @Test
    void whatWasOnlyCommittedYieldsWhereMoreIsClaimedThanIsThere() {
        Claims claims = new Claims();
        claims.direct(new DirectMemory(100, 50, false, 1), true);
        claims.categories(
                List.of(new NativeMemory.Category("GC", 30, 200), new NativeMemory.Category("Other", 100, 0)), 100);
        assertThat(bytes(claims, 1_000)).containsExactly(50L, 50L, 30L, 200L);
        assertThat(bytes(claims, 150)).containsExactly(50L, 50L, 30L, 20L);
        assertThat(bytes(claims, 80)).containsExactly(25L, 25L, 30L, 0L);
        claims.allocator(45, 200, true);
        assertThat(bytes(claims, 200))
                .as("its arenas of 45 hold the 30 that the collector has allocated")
                .containsExactly(50L, 50L, 30L, 55L, 15L);
    }

    private static List<Long> bytes(Claims claims, long there) {
        List<MemoryLine> lines = new ArrayList<>();
        claims.addTo(lines, there);
        return lines.stream().map(line -> line.figure().bytes()).toList();
    }

    @Test
    void theStackPointerOfAThreadThatWaitsIsTheLastButOne() {
        assertThat(ThreadStacks.pointer(
                        "202 0x7f989801a478 0x89 0x0 0x7f98 0x0 0xffffffff 0x7f989d5fdec0 0x7f989ebd5f16"))
                .isEqualTo(0x7f989d5fdec0L);
        assertThat(ThreadStacks.pointer("-1 0x7ffdb862d820 0x7f989ebd5f16\n")).isEqualTo(0x7ffdb862d820L);
        assertThat(ThreadStacks.pointer("running\n")).isZero();
    }
}
