package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.postgres.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the objects of a real driver's connection weigh, against what the heap has grown by. */
class DriverHeapIT {

    @TempDir
    Path directory;

    @Test
    void aConnectionWeighsWhatItsStatementsHaveMadeTheHeapGrowBy() throws Exception {
        Path agent = AgentJar.write(directory.resolve("agent.jar"));
        try (LocalPostgres postgres = LocalPostgres.start();
                Connection connection =
                        DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                ChildJvm child = new ChildJvm(
                        List.of("-Xmx256m", "-XX:+UseSerialGC", "-javaagent:" + agent), DriverProgram.class)) {
            Statements.makeTable(connection);
            child.say(postgres.url(), postgres.user(), postgres.password());
            List<String> told = child.rest().lines().toList();
            System.out.println("a connection of pgjdbc, in bytes: " + told);
            long idle = number(told, "idle");
            assertThat(idle).isBetween(20_000L, 200_000L);
            assertThat(number(told, "busy") - idle).isCloseTo(number(told, "grown"), Percentage.withPercentage(5));
            assertThat(number(told, "unmoved"))
                    .as("the other connection has none of them")
                    .isBetween(20_000L, 200_000L);
        }
    }

    private static long number(List<String> told, String name) {
        return told.stream()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + told));
    }
}
