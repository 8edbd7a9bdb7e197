package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The scenarios of {@code src/test/js} against one scenario server: {@code SCENARIOS.md} there says what each server must offer.
 * The system property {@code scenarios.only} picks some of them.
 */
final class Scenarios {

    static final String REFERENCE = "reference";

    private static final Path SOURCES = Path.of("src/test/js");
    private static final Path BUILT = Path.of("target/js");
    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final ObjectMapper JSON = new ObjectMapper();

    private Scenarios() {}

    /**
     * Starts the server, runs them all, and ends it.
     *
     * @param name of the server, and of the files in which it and its judge leave what they say
     * @param command that starts it
     * @return a test for each scenario, and one for the server's own end
     */
    static Stream<DynamicTest> judge(String name, String... command) throws IOException, InterruptedException {
        NodeProject node = NodeProject.installed(SOURCES, BUILT);
        JsonNode expected = JSON.readTree(node.run("list", LIMIT, options(name, "--list", "--json")));
        JsonNode results;
        boolean survived;
        try (ScenarioProcess server = ScenarioProcess.start(BUILT, name, command)) {
            String url = "http://127.0.0.1:" + server.port();
            results = JSON.readTree(node.run("against-" + name, LIMIT, options(name, "--url", url, "--json")));
            survived = server.endsWithItsInput();
        }
        assertThat(results).as("every scenario has a result").hasSameSizeAs(expected);
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode result : results) {
            String scenario = result.path("name").asText();
            tests.add(DynamicTest.dynamicTest(
                    scenario,
                    () -> assertThat(result.path("passed").asBoolean())
                            .as("%s: %s", scenario, result.path("error").asText())
                            .isTrue()));
        }
        tests.add(DynamicTest.dynamicTest(
                "the-server-survives",
                () -> assertThat(survived)
                        .as("it lives to the end and ends with its input (target/js/%s.err)", name)
                        .isTrue()));
        return tests.stream();
    }

    private static List<String> options(String name, String... more) {
        List<String> options = new ArrayList<>(Arrays.asList(more));
        if (name.equals(REFERENCE)) {
            options.add("--reference");
        }
        String only = System.getProperty("scenarios.only", "");
        if (!only.isEmpty()) {
            options.addAll(List.of("--only", only));
        }
        return options;
    }
}
