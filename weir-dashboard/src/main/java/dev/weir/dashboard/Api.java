package dev.weir.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.pool.Eviction;
import dev.weir.socketio.WebRequest;
import dev.weir.socketio.WebResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;

/** The interface for programs, as {@code openapi.yaml} describes it. Thread-safe. */
final class Api {

    static final String PREFIX = "/api/";

    private static final String JSON = "application/json";

    private final Facts facts;
    private final Steering steering;
    private final List<Route> routes = new ArrayList<>();

    Api(Facts facts, Steering steering) {
        this.facts = facts;
        this.steering = steering;
        get("/api/overview", call -> facts.overview());
        get("/api/pools", call -> facts.rows());
        get("/api/pools-activity", call -> facts.activity());
        get("/api/budget", call -> facts.budget());
        get("/api/memory", call -> facts.memory());
        get("/api/memory/history", call -> facts.memoryHistory(isBySecond(call)));
        get("/api/leaks", call -> facts.events().leaks());
        get("/api/alerts", call -> facts.events().alerts());
        get("/api/scaling", call -> facts.events().scalings());
        get("/api/queries", call -> facts.queries());
        get("/api/sockets", call -> facts.sockets());
        get("/api/pools/{pool}/slots", call -> SlotRow.of(steering.pool(call.pool())));
        get("/api/pools/{pool}/queries", call -> facts.queries(call.pool()));
        get("/api/pools/{pool}/settings", call -> facts.settings(call.pool()));
        get("/api/pools/{pool}/history", call -> facts.history(call.pool(), isBySecond(call)));
        get("/api/pools/{pool}", call -> facts.row(steering.pool(call.pool())));
        post("/api/pools/{pool}/pause", call -> steering.pause(call.pool()));
        post("/api/pools/{pool}/resume", call -> steering.resume(call.pool()));
        post("/api/pools/{pool}/drain", call -> steering.drain(call.pool()));
        post("/api/pools/{pool}/evict", call -> steering.evict(call.pool(), eviction(call.body())));
        post(
                "/api/pools/{pool}/resize",
                call -> steering.resize(call.pool(), count(call.body(), "min"), count(call.body(), "max")));
        add("PATCH", "/api/pools/{pool}/settings", call -> {
            steering.configure(call.pool(), fields(call.body()));
            return facts.settings(call.pool());
        });
        add("PATCH", "/api/budget", call -> {
            only(call.body(), "limitBytes");
            steering.limit(bytes(call.body(), "limitBytes"));
            return facts.budget();
        });
    }

    private void get(String template, Route.Handler handler) {
        add("GET", template, handler);
    }

    /** A verb upon a pool: answers with the pool as it is then. */
    private void post(String template, java.util.function.Consumer<Route.Call> verb) {
        add("POST", template, call -> {
            verb.accept(call);
            return facts.row(steering.pool(call.pool()));
        });
    }

    private void add(String method, String template, Route.Handler handler) {
        routes.add(Route.of(method, template, handler));
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    WebResponse answer(WebRequest request) {
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Matcher path = route.pattern().matcher(request.path());
            if (!path.matches()) {
                continue;
            }
            if (route.method().equals(request.method())) {
                String pool = path.groupCount() == 0 ? "" : path.group(1);
                return json(
                        200, route.handler().handle(new Route.Call(pool, body(request, route), resolution(request))));
            }
            allowed.add(route.method());
        }
        if (allowed.isEmpty()) {
            throw new Problem(404, "not-found", "There is nothing at this path: see /openapi.yaml.");
        }
        throw new Problem(405, "method-not-allowed", "This path takes " + String.join(" and ", allowed) + ".");
    }

    static WebResponse json(int status, Object body) {
        return new WebResponse(status, Headers.api(JSON), Json.write(body));
    }

    private static JsonNode body(WebRequest request, Route route) {
        if (!route.changes() || request.body().length == 0) {
            return Json.MAPPER.createObjectNode();
        }
        if (!request.header("content-type").orElse("").split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            throw new Problem(415, "not-json", "Send JSON, and say so: Content-Type: application/json.");
        }
        try {
            JsonNode body = Json.MAPPER.readTree(request.body());
            if (body instanceof ObjectNode) {
                return body;
            }
            throw Problem.bad("The body needs to be a JSON object.");
        } catch (JsonProcessingException malformed) {
            throw Problem.bad("The body is not JSON: " + malformed.getOriginalMessage() + ".");
        } catch (IOException impossible) {
            throw new IllegalStateException("an array cannot be read", impossible);
        }
    }

    private static String resolution(WebRequest request) {
        List<String> given = request.query().getOrDefault("resolution", List.of("second"));
        if (given.size() == 1 && (given.get(0).equals("second") || given.get(0).equals("minute"))) {
            return given.get(0);
        }
        throw Problem.bad("resolution needs to be second or minute.");
    }

    private static boolean isBySecond(Route.Call call) {
        return call.resolution().equals("second");
    }

    private static Map<String, JsonNode> fields(JsonNode body) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        body.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        if (fields.isEmpty()) {
            throw Problem.bad("Name at least one setting.");
        }
        return fields;
    }

    private static Eviction eviction(JsonNode body) {
        only(body, "mode");
        return switch (body.path("mode").asText("soft")) {
            case "soft" -> Eviction.SOFT;
            case "hard" -> Eviction.HARD;
            default -> throw Problem.bad("mode needs to be soft or hard.");
        };
    }

    private static int count(JsonNode body, String name) {
        only(body, "min", "max");
        JsonNode given = body.path(name);
        if (!given.isInt()) {
            throw Problem.bad(name + " needs a whole number.");
        }
        return given.intValue();
    }

    private static long bytes(JsonNode body, String name) {
        JsonNode given = body.path(name);
        if (!given.isIntegralNumber() || !given.canConvertToLong() || given.longValue() < 0) {
            throw Problem.bad(name + " needs a whole number of bytes, 0 or more.");
        }
        return given.longValue();
    }

    private static void only(JsonNode body, String... known) {
        body.fieldNames().forEachRemaining(name -> {
            if (!List.of(known).contains(name)) {
                throw Problem.bad("Unknown field; this takes " + String.join(" and ", known) + ".");
            }
        });
    }
}
