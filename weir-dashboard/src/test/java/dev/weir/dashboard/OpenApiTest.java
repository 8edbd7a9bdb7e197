package dev.weir.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.weir.pool.ConnectionKind;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI file holds for every route, good and bad requests alike. */
class OpenApiTest {

    private final Service service = new Service(0);
    private final Asking asking = new Asking(service.dashboard.url());
    private JsonNode document = new ObjectMapper().createObjectNode();

    @BeforeEach
    void read() throws Exception {
        document = new ObjectMapper(new YAMLFactory())
                .readTree(asking.ask("GET", "/openapi.yaml", null).body());
        service.pool(
                "p", ConnectionKind.JDBC, 1_000, settings -> settings.min(1).max(4));
        Awaitility.await()
                .until(() -> asking.ask("GET", "/api/pools/p/history", null).statusCode() == 200);
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void theFileAndTheServerKnowTheSameRoutes() {
        Set<String> told = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> told.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        Set<String> served = new TreeSet<>();
        new Api(service.facts(), new Steering(service.manager))
                .routes()
                .forEach(route -> served.add(route.method() + " " + route.template()));
        assertThat(told).isEqualTo(served);
    }

    @Test
    void everyAnswerIsAsTheFileSays() throws Exception {
        for (Route route : new Api(service.facts(), new Steering(service.manager)).routes()) {
            holds(route, "p", good(route), true);
            holds(route, "p", good(route), false);
            if (route.template().contains("{pool}")) {
                assertThat(holds(route, "nobody", good(route), true)).isEqualTo(404);
            }
            if (route.changes()) {
                for (String bad :
                        new String[] {"[]", "{", "{\"unknown\":1}", "{\"min\":\"x\"}", "{\"max\":-1,\"min\":0}"}) {
                    int status = holds(route, "p", bad, true);
                    boolean bodiless = good(route).equals("{}");
                    assertThat(status)
                            .as("%s %s", route.template(), bad)
                            .isIn(bodiless ? new Integer[] {200, 400} : new Integer[] {400});
                }
            }
            if (route.template().endsWith("history")) {
                assertThat(asking.ask("GET", route.template().replace("{pool}", "p") + "?resolution=year", null)
                                .statusCode())
                        .isEqualTo(400);
            }
        }
    }

    private int holds(Route route, String pool, String body, boolean token) throws Exception {
        String path = route.template().replace("{pool}", pool);
        String sent = route.changes() ? body : null;
        HttpResponse<String> answer =
                token ? asking.withToken(route.method(), path, sent) : asking.ask(route.method(), path, sent);
        JsonNode responses = document.path("paths")
                .path(route.template())
                .path(route.method().toLowerCase(java.util.Locale.ROOT))
                .path("responses");
        JsonNode response = responses.path(String.valueOf(answer.statusCode()));
        assertThat(response.isMissingNode())
                .as("%s %s answered %s: %s", route.method(), path, answer.statusCode(), answer.body())
                .isFalse();
        if (response.has("$ref")) {
            response = document.at(response.path("$ref").asText().substring(1));
        }
        ObjectNode schema = document.deepCopy();
        schema.retain("components");
        schema.setAll(
                (ObjectNode) response.path("content").path("application/json").path("schema"));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(new ObjectMapper().readTree(answer.body())))
                .as("%s %s: %s", route.method(), path, answer.body())
                .isEmpty();
        return answer.statusCode();
    }

    private static String good(Route route) {
        if (route.template().endsWith("/resize")) {
            return "{\"min\":1,\"max\":4}";
        }
        if (route.template().endsWith("/evict")) {
            return "{\"mode\":\"soft\"}";
        }
        if (route.template().endsWith("/settings")) {
            return "{\"maxWaiters\":20}";
        }
        return route.template().equals("/api/budget") ? "{\"limitBytes\":60000000}" : "{}";
    }
}
