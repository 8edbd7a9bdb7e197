package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.redis.local.LocalRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AttachIT {

    @Test
    void theClientsOfAnUnpreparedProgramAreFoundAndWeighed() throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                ChildJvm child = new ChildJvm(
                        List.of("-Xmx256m", "-XX:NativeMemoryTracking=summary"),
                        ClientProgram.class,
                        Integer.toString(redis.port()))) {
            assertThat(child.line()).isEqualTo("ready");

            MemoryReport first = MemoryAttach.report(child.pid());
            List<String> threads = threads(child.pid());
            MemoryReport again = MemoryAttach.report(child.pid());

            assertThat(again.owners())
                    .extracting(OwnerMemory::type)
                    .contains("HikariCP", "Jedis", "HttpClient 5", "OkHttp", "Netty");
            assertThat(again.owners())
                    .filteredOn(owner -> owner.type().equals("HikariCP"))
                    .singleElement()
                    .satisfies(pool -> {
                        assertThat(pool.name()).isEqualTo("orders");
                        assertThat(pool.connections()).isEqualTo(ClientProgram.HIKARI);
                    });
            assertThat(again.owners())
                    .filteredOn(owner -> !owner.type().equals("HikariCP"))
                    .allSatisfy(owner -> {
                        assertThat(owner.connections()).as(owner.type()).isEqualTo(1);
                        assertThat(owner.columns().kernelSockets().bytes())
                                .as(owner.type())
                                .isPositive();
                    });
            assertThat(again.owners())
                    .allSatisfy(
                            owner -> assertThat(owner.columns().heapExclusive().bytes())
                                    .as(owner.type())
                                    .isPositive());
            assertThat(again.pid()).isEqualTo(child.pid());
            assertThat(again.process().stream()
                            .mapToLong(line -> line.figure().bytes())
                            .sum())
                    .isEqualTo(again.residentBytes());
            assertThat(again.toString()).contains("orders", "unexplained");
            assertThat(first.owners()).hasSameSizeAs(again.owners());
            assertThat(again.process()).extracting(MemoryLine::name).contains("JVM: Thread", "unexplained");
            // After the first the JVM has its own listener for attaches; what Weir left behind would add up.
            assertThat(threads(child.pid())).isSubsetOf(threads);
        }
    }

    /** How long it takes is printed: it depends on what else the machine does. */
    @Test
    void ownersAreFoundAmongMillionsOfOtherObjects() throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                ChildJvm child =
                        new ChildJvm(List.of("-Xmx900m"), CrowdedProgram.class, Integer.toString(redis.port()))) {
            assertThat(child.line()).startsWith("ready");
            long begin = System.nanoTime();
            MemoryReport report = MemoryAttach.report(child.pid());
            System.out.printf(
                    Locale.ROOT,
                    "attached to %d orders of 3 objects each in %.0f ms, %.0f of them in the process%n",
                    CrowdedProgram.ORDERS,
                    (System.nanoTime() - begin) / 1e6,
                    report.cost().millis());
            assertThat(report.owners())
                    .extracting(OwnerMemory::type)
                    .contains("HikariCP", "Jedis", "HttpClient 5", "OkHttp", "Netty");
            assertThat(report.cost().objects())
                    .as("what is looked at is bounded")
                    .isLessThanOrEqualTo(AttachedAnalysis.BUDGET.objects());
        }
    }

    @Test
    void whatCannotBeAttachedToIsToldBeforeItIsTouched() throws Exception {
        assertThatThrownBy(() -> MemoryAttach.report(Integer.MAX_VALUE))
                .isInstanceOf(AttachException.class)
                .hasMessageContaining("there is no process");
        Process cat = new ProcessBuilder("cat").start();
        try {
            assertThatThrownBy(() -> MemoryAttach.report(cat.pid()))
                    .isInstanceOf(AttachException.class)
                    .hasMessageContaining("is not a HotSpot JVM");
            assertThat(cat.isAlive()).isTrue();
        } finally {
            cat.destroyForcibly();
        }
    }

    @Test
    void aJvmThatRefusesIsTold() throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                ChildJvm child = new ChildJvm(
                        List.of("-XX:+DisableAttachMechanism"), ClientProgram.class, Integer.toString(redis.port()))) {
            assertThat(child.line()).isEqualTo("ready");
            assertThatThrownBy(() -> MemoryAttach.report(child.pid()))
                    .isInstanceOf(AttachException.class)
                    .hasMessageContaining("-XX:+DisableAttachMechanism");
        }
    }

    /** By name, those of one name numbered. */
    private static List<String> threads(long pid) throws Exception {
        Map<String, Integer> numbers = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return tasks.map(task -> comm(task))
                    .filter(name -> !name.matches("(C[12] Comp|G1 |GC |VM |Attach|Sig|Common-|ForkJoin).*"))
                    .map(name -> name + " " + numbers.merge(name, 1, Integer::sum))
                    .toList();
        }
    }

    private static String comm(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (java.io.IOException ended) {
            return "GC ended";
        }
    }
}
