package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells: read by Prometheus' parsers and by the Flight Recorder's, and asked by the dashboard and the alert rules. */
class MetricsIT {

    private static final Path MONITORING = Path.of("..", "docs", "monitoring");
    private static final Pattern ENDPOINT = Pattern.compile("Metrics at (http://127\\.0\\.0\\.1:\\d+)/metrics");

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path home;

    @Test
    void everythingThatIsAskedForIsThereAndEveryStepOfAConnectionIsRecorded() throws Exception {
        Path config = Files.writeString(home.resolve("run.yaml"), """
                load: {users: 12, scale: 1}
                pools:
                  - {name: narrow, max: 1, maxWaiters: 4, share: 11}
                  - {name: roomy, min: 4, max: 5, share: 1, healthCheckInterval: 1s}
                """);
        Path flight = home.resolve("flight.jfr");
        Map<String, String> recorded =
                Map.of("JDK_JAVA_OPTIONS", "-XX:StartFlightRecording=settings=default,filename=" + flight);
        try (RunningWeir weir = RunningWeir.start(home, recorded, "--config", config.toString())) {
            weir.awaitLine("Metrics at ");
            String endpoint = endpoint(weir.output());
            // The first line of the load comes once it has gone on for some seconds.
            weir.awaitLines(1, "narrow");
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                String text = get(endpoint + "/metrics");
                return text.contains("http_client_open_connections{") && sum(text, "weir_pool_waits_total") > 100;
            });
            String text = get(endpoint + "/metrics");
            assertThat(text).doesNotContain("password");
            assertEveryFamilyIsWellFormed(text);
            assertOnlyReadingIsAnswered(endpoint);
            assertEveryExpressionIsAnswered(text);
            assertThat(get(endpoint + "/metrics", "application/openmetrics-text"))
                    .endsWith("# EOF\n");
            JsonNode health = new ObjectMapper().readTree(get(endpoint + "/health"));
            assertThat(health.at("/status").asText()).isIn("up", "degraded", "saturated");
            assertThat(health.at("/pools").findValuesAsText("pool"))
                    .containsExactly("narrow", "roomy", "redis", "http", "dashboard");
            weir.interrupt();
            assertThat(weir.exitCode()).as(weir.output()).isZero();
        }
        assertEveryStepIsIn(flight);
    }

    private static String endpoint(String output) {
        Matcher found = ENDPOINT.matcher(output);
        assertThat(found.find()).as(output).isTrue();
        return found.group(1);
    }

    private String get(String uri, String... accepted) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
        if (accepted.length > 0) {
            request.header("Accept", accepted[0]);
        }
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }

    /** What promtool's lint asks of names, and that no series stands twice. */
    private static void assertEveryFamilyIsWellFormed(String text) {
        assertThat(text.lines()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.substring(0, line.lastIndexOf(' '))))
                .hasSizeGreaterThan(100)
                .doesNotHaveDuplicates();
        Set<String> explained = text.lines()
                .filter(line -> line.matches("# HELP \\S+ \\S.*"))
                .map(line -> line.split(" ", 4)[2])
                .collect(Collectors.toSet());
        assertThat(text.lines().filter(line -> line.startsWith("# TYPE ")))
                .hasSizeGreaterThan(30)
                .allSatisfy(line -> {
                    String[] part = line.split(" ", 4);
                    assertThat(part[2])
                            .matches("[a-z][a-z0-9_]*")
                            .doesNotMatch(".*_(ms|millis|milliseconds|minutes|kb|mb)(_.*)?");
                    assertThat(explained).contains(part[2]);
                    assertThat(part[2].endsWith("_total")).as(line).isEqualTo(part[3].equals("counter"));
                });
    }

    private void assertOnlyReadingIsAnswered(String endpoint) throws IOException, InterruptedException {
        // Somebody who begins to ask and never ends keeps nobody else from the answer.
        URI at = URI.create(endpoint);
        try (Socket silent = new Socket(at.getHost(), at.getPort())) {
            silent.getOutputStream().write("GET /metr".getBytes(StandardCharsets.US_ASCII));
            silent.getOutputStream().flush();
            for (String path : List.of("/metrics", "/health")) {
                HttpResponse<String> head = client.send(
                        HttpRequest.newBuilder(URI.create(endpoint + path))
                                .timeout(Duration.ofMinutes(1))
                                .method("HEAD", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
                assertThat(head.statusCode()).isEqualTo(200);
                assertThat(head.body()).isEmpty();
                assertThat(head.headers().firstValueAsLong("Content-Length"))
                        .satisfies(length -> assertThat(length.orElse(0)).isPositive());
            }
        }
        HttpResponse<String> post = client.send(
                HttpRequest.newBuilder(URI.create(endpoint + "/metrics"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    private static double sum(String text, String metric) {
        return text.lines()
                .filter(line -> line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static void assertEveryExpressionIsAnswered(String text) throws Exception {
        List<String> expressions = new ArrayList<>();
        for (JsonNode found : new ObjectMapper()
                .readTree(MONITORING.resolve("grafana-dashboard.json").toFile())
                .findValues("expr")) {
            expressions.add(found.asText().replace("$__rate_interval", "1m").replace("$pool", ".*"));
        }
        assertThat(expressions).hasSizeGreaterThan(15);
        JsonNode rules = new ObjectMapper(new YAMLFactory())
                .readTree(MONITORING.resolve("prometheus-rules.yaml").toFile());
        rules.findValues("expr").forEach(rule -> expressions.add(rule.asText()));
        JsonNode read = PrometheusReader.installed().read(text, expressions);
        assertThat(read.at("/types/weir_pool_leases")
                        .asText(read.at("/types/weir_pool_leases_total").asText()))
                .isEqualTo("COUNTER");
        assertThat(read.at("/expressions")).hasSize(expressions.size());
        for (JsonNode expression : read.at("/expressions")) {
            assertThat(expression.at("/selections")).isNotEmpty();
            for (JsonNode selection : expression.at("/selections")) {
                JsonNode series = read.at("/series/" + selection.at("/metric").asText());
                assertThat(series.isArray())
                        .as("%s of %s", selection, expression.at("/expression"))
                        .isTrue();
                assertThat(strings(series)).as("labels of %s", selection).containsAll(strings(selection.at("/labels")));
            }
        }
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static void assertEveryStepIsIn(Path flight) throws IOException {
        Set<String> steps = RecordingFile.readAllEvents(flight).stream()
                .filter(event -> event.getEventType().getName().startsWith("dev.weir."))
                .filter(event -> !event.getString("pool").startsWith("http"))
                .map(MetricsIT::name)
                .collect(Collectors.toSet());
        assertThat(steps)
                .contains(
                        "Grant",
                        "Connect",
                        "Wait",
                        "Lease",
                        "Check",
                        "Retire",
                        "Close",
                        "Rejection",
                        "Scale",
                        "Alert",
                        "Shutdown");
    }

    private static String name(RecordedEvent event) {
        return event.getEventType().getName().substring("dev.weir.".length());
    }
}
