package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The judge from outside: Node's official client, and raw packets good and bad, against a {@link ScenarioServer} in a JVM of its
 * own with a small heap. {@code src/test/js/SCENARIOS.md} says what each scenario asks for. The system property
 * {@code scenarios.only} picks some of them.
 */
class OfficialClientIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> scenarios() throws IOException, InterruptedException {
        NodeProject node = NodeProject.installed(Path.of("src/test/js"), Path.of("target/js"));
        List<String> only = selection();
        JsonNode expected = JSON.readTree(node.run("list", Duration.ofSeconds(30), with(only, "--list", "--json")));
        JsonNode results;
        boolean survived;
        try (ScenarioProcess server = ScenarioProcess.start(Path.of("target/js"))) {
            String url = "http://127.0.0.1:" + server.port();
            results = JSON.readTree(node.run("scenarios", Duration.ofMinutes(8), with(only, "--url", url, "--json")));
            survived = server.endsWithItsInput();
        }
        assertThat(results).as("every scenario has a result").hasSameSizeAs(expected);
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode result : results) {
            tests.add(DynamicTest.dynamicTest(
                    result.path("name").asText(),
                    () -> assertThat(result.path("passed").asBoolean())
                            .as(result.path("error").asText())
                            .isTrue()));
        }
        tests.add(DynamicTest.dynamicTest(
                "the-server-survives",
                () -> assertThat(survived)
                        .as("it lives to the end and ends with its input (target/js/server.err)")
                        .isTrue()));
        return tests.stream();
    }

    private static List<String> selection() {
        String only = System.getProperty("scenarios.only", "");
        return only.isEmpty() ? List.of() : List.of("--only", only);
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> arguments = new ArrayList<>(first);
        arguments.addAll(List.of(more));
        return arguments;
    }
}
