package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeighingIT {

    @TempDir
    Path directory;

    @Test
    void sumsAreUnionsToTheByteAndAPoolWeighsWhatTheHeapGrewBy() throws Exception {
        Path agent = AgentJar.write(directory.resolve("agent.jar"));
        try (ChildJvm child =
                new ChildJvm(List.of("-Xmx256m", "-XX:+UseSerialGC", "-javaagent:" + agent), WeighingProgram.class)) {
            List<String> lines = child.rest().lines().toList();
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("law "))
                    .hasSize(200)
                    .containsOnly("law true");
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("delta "))
                    .singleElement()
                    .satisfies(line -> assertThat(Double.parseDouble(line.substring(6)))
                            .as(String.join("; ", lines.subList(200, lines.size())))
                            .isLessThan(0.01));
        }
    }
}
