package dev.weir.check.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.weir.check.Check;
import dev.weir.check.CheckException;
import dev.weir.check.Given;
import dev.weir.check.Report;
import dev.weir.check.facts.Fact;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunningWeirTest {

    private static final Map<String, String> ANSWERS =
            Map.of("/api/pools", """
            [{"name": "orders of today", "kind": "jdbc", "governed": false, "min": 2, "max": 60},
             {"name": "cache", "kind": "redis", "governed": false, "min": 0, "max": 5},
             {"name": "old", "kind": "jdbc", "governed": true, "min": 1, "max": 5}]""", "/api/pools/orders%20of%20today/settings", """
            {"pool": "orders of today", "settings": [
              {"name": "max", "value": 60, "editable": true},
              {"name": "maxLifetimeMs", "value": 0, "editable": true},
              {"name": "healthCheckIntervalMs", "value": 0, "editable": true},
              {"name": "queuePolicy", "value": "reject_oldest", "editable": false}]}""");

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String answer = ANSWERS.get(exchange.getRequestURI().getRawPath());
            byte[] bytes = (answer == null ? "{}" : answer).getBytes(UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Test
    void settingsOfARunningWeirAreChecked() throws CheckException {
        Report report = Check.url(
                url(),
                "",
                "",
                new Given()
                        .with(Fact.MAX_CONNECTIONS, 50, "--max-connections")
                        .with(Fact.IDLE_LIMIT, 350_000, "--idle-limit"));
        assertThat(report.findings().stream().map(finding -> finding.rule().number() + " " + finding.pool()))
                .containsExactlyInAnyOrder("W104 orders of today", "W024 orders of today", "W025 orders of today");
        assertThat(report.pools()).isEqualTo(2);
        assertThat(report.remarks())
                .hasSize(2)
                .anyMatch(remark -> remark.contains("old"))
                .anyMatch(remark -> remark.contains("cache"));
    }

    @Test
    void whatIsNoWeirIsTold() {
        assertThatThrownBy(() -> Check.url("http://127.0.0.1:1", "", "", new Given()))
                .isInstanceOf(CheckException.class)
                .hasMessageContaining("gives no JSON");
        assertThatThrownBy(() -> Check.url("http://me:hunter2@127.0.0.1:1", "", "", new Given()))
                .isInstanceOf(CheckException.class)
                .hasMessageContaining("without credentials")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> Check.url("ftp://127.0.0.1", "", "", new Given()))
                .isInstanceOf(CheckException.class)
                .hasMessageContaining("unknown kind");
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() {
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        try {
            JsonClient client = new JsonClient(URI.create(url()), "the server", Duration.ofMillis(300));
            assertThatThrownBy(() -> client.get("/endless"))
                    .isInstanceOf(CheckException.class)
                    .hasMessageContaining("gives no JSON (TimeoutException)");
        } finally {
            over.countDown();
        }
    }
}
