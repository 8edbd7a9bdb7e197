package dev.weir.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison as a user makes it, with servers and JVMs of its own, but very short. */
@Tag("first-jdk")
class CompareIT {

    @TempDir
    Path directory;

    @Test
    void bothSidesDoTheSameWorkAndEveryFieldIsThere() throws Exception {
        Path json = directory.resolve("result.json");
        Path html = directory.resolve("result.html");
        int exit = Compare.commandLine()
                .execute("--smoke", "--shapes", "small", "--json", json.toString(), "--html", html.toString());
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        assertThat(exit).as(result.toString()).isZero();
        JsonNode shape = result.get("shapes").get(0);
        assertThat(shape.get("name").asText()).isEqualTo("60 bytes");
        JsonNode before = shape.get("before");
        for (String side : new String[] {"before", "after", "advised"}) {
            JsonNode outcome = shape.get(side);
            double parts = 0;
            for (JsonNode part : outcome.get("parts")) {
                assertThat(part.get("name").asText()).isNotEmpty();
                parts += part.get("mb").asDouble();
            }
            assertThat(parts).isCloseTo(outcome.get("totalMb").asDouble(), org.assertj.core.data.Offset.offset(0.01));
            assertThat(outcome.get("tps").asDouble()).isPositive();
            assertThat(outcome.get("p50Ms").asDouble()).isPositive();
            assertThat(outcome.get("p99Ms").asDouble())
                    .isGreaterThanOrEqualTo(outcome.get("p50Ms").asDouble());
            assertThat(outcome.get("p999Ms").asDouble())
                    .isGreaterThanOrEqualTo(outcome.get("p99Ms").asDouble());
            for (Lane lane : Lane.values()) {
                JsonNode work = outcome.get("lanes").get(lane.name());
                assertThat(work.get("failed").asLong()).as(side + " " + lane).isZero();
                for (String field : new String[] {"offered", "done", "rows"}) {
                    assertThat(work.get(field).asLong())
                            .as(side + " " + lane + " " + field)
                            .isEqualTo(before.get("lanes")
                                    .get(lane.name())
                                    .get(field)
                                    .asLong());
                }
            }
        }
        assertThat(before.get("connections").asInt()).isEqualTo(65);
        assertThat(shape.get("after").get("connections").asInt()).isEqualTo(13);
        assertThat(Files.readString(html))
                .contains("\"verb\":\"compare\"", "Chart")
                .doesNotContain("{{");
    }
}
