package dev.weir.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pool.ConnectionKind;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSettings;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without the token nothing changes, whatever the route, the origin or the method. */
class GateTest {

    private final Service service = new Service(0);
    private final Pool<String> pool = service.pool(
            "p", ConnectionKind.JDBC, 1_000, settings -> settings.min(0).max(4));
    private final Asking asking = new Asking(service.dashboard.url());

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void withoutTheTokenNothingChangesWhateverIsAsked() throws Exception {
        PoolSettings before = pool.settings();
        long limit = service.manager.budget().limitBytes();
        String own =
                service.dashboard.url().substring(0, service.dashboard.url().length() - 1);
        List<String[]> headers = List.of(
                new String[0],
                new String[] {"Origin", own},
                new String[] {"Origin", "https://evil.example"},
                new String[] {"Origin", "null"},
                new String[] {"Authorization", "Bearer " + Service.TOKEN + "x"},
                new String[] {"Authorization", "Basic " + Service.TOKEN},
                new String[] {"Cookie", "token=" + Service.TOKEN},
                new String[] {"X-HTTP-Method-Override", "POST"});
        String body = "{\"min\":1,\"max\":2,\"mode\":\"hard\",\"limitBytes\":1}";
        Api api = new Api(service.facts(), new Steering(service.manager));
        for (Route route : api.routes()) {
            String path = route.template().replace("{pool}", "p");
            for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
                for (String[] with : headers) {
                    assertThat(asking.ask(method, path, body, with).statusCode())
                            .as("%s %s %s", method, path, String.join(" ", with))
                            .isIn(401, 403);
                }
            }
        }
        assertThat(pool.settings()).isEqualTo(before);
        assertThat(pool.snapshot().suspended()).isFalse();
        assertThat(service.manager.budget().limitBytes()).isEqualTo(limit);
    }

    @Test
    void aReadChangesNothingEither() throws Exception {
        for (String verb : List.of("pause", "resume", "drain", "evict", "resize")) {
            assertThat(asking.withToken("GET", "/api/pools/p/" + verb, null).statusCode())
                    .isIn(404, 405);
        }
        assertThat(pool.snapshot().suspended()).isFalse();
    }

    @Test
    void withTheTokenTheVerbsWork() throws Exception {
        assertThat(asking.withToken("POST", "/api/pools/p/pause", null).statusCode())
                .isEqualTo(200);
        assertThat(pool.snapshot().suspended()).isTrue();
        assertThat(asking.withToken("POST", "/api/pools/p/resume", null).body()).contains("\"running\"");
        assertThat(asking.withToken("POST", "/api/pools/p/resize", "{\"min\":1,\"max\":3}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(pool.settings().max()).isEqualTo(3);
        assertThat(asking.withToken("POST", "/api/pools/p/evict", "{\"mode\":\"hard\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(asking.withToken("POST", "/api/pools/p/drain", null).body()).contains("drained");
        assertThat(asking.withToken("PATCH", "/api/pools/p/settings", "{\"maxWaiters\":7}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(pool.settings().maxWaiters()).isEqualTo(7);
        assertThat(asking.withToken("PATCH", "/api/budget", "{\"limitBytes\":1000000}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.manager.budget().limitBytes()).isEqualTo(1_000_000);
    }

    @Test
    void aForeignNameOrOriginReadsNothing() throws Exception {
        assertThat(asking.ask("GET", "/api/pools", null, "Host", "evil.example").statusCode())
                .isEqualTo(421);
        assertThat(asking.ask("GET", "/api/pools", null, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(asking.ask("GET", "/socket.io/?EIO=4&transport=polling", null, "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(asking.ask("GET", "/api/pools", null, "X-Forwarded-For", "203.0.113.9")
                        .statusCode())
                .isEqualTo(401);
        assertThat(asking.ask("GET", "/api/pools", null).statusCode()).isEqualTo(200);
    }

    @Test
    void thePageCarriesItsHeadersAndNoSecret() throws IOException, InterruptedException {
        HttpResponse<String> page = asking.ask("GET", "/", null);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.body()).doesNotContain(Service.TOKEN);
        assertThat(service.dashboard.toString() + service.dashboard.url()).doesNotContain(Service.TOKEN);
        assertThat(asking.ask("GET", "/../pom.xml", null).statusCode()).isEqualTo(404);
        assertThat(asking.ask(
                                "GET",
                                "/",
                                null,
                                "If-None-Match",
                                page.headers().firstValue("ETag").orElse(""))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void aProxyThatSpeaksTlsIsAllowedByItsOrigin() throws IOException, InterruptedException {
        try (WeirDashboard behind = WeirDashboard.builder(service.manager)
                .name("behind a proxy")
                .allowHost("weir.example")
                .allowOrigin("https://weir.example")
                .start()) {
            Asking there = new Asking(behind.url());
            String[] ours = {"Host", "weir.example", "Origin", "https://weir.example"};
            String[] foreign = {"Host", "weir.example", "Origin", "https://other.example"};
            assertThat(there.ask("GET", "/api/pools", null, ours).statusCode()).isEqualTo(200);
            assertThat(there.ask("GET", "/api/pools", null, foreign).statusCode())
                    .isEqualTo(403);
        }
        assertThat(java.util.stream.Stream.of(
                        "weir.example", "https://", "https://a/b", "ftp://a", "https://u@a", "null", "*"))
                .noneMatch(WeirDashboardBuilder::isOrigin);
        assertThat(java.util.stream.Stream.of("weir.example:80", "http://weir.example", "a/b", "", "u@a"))
                .noneMatch(WeirDashboardBuilder::isHost);
    }

    @Test
    void aShutdownOfTheManagerEndsTheDashboardToo() {
        service.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("weir-dashboard"));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> asking.ask("GET", "/", null))
                .isInstanceOf(IOException.class);
    }
}
