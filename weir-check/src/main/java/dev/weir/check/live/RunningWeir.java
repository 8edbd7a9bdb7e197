package dev.weir.check.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.check.CheckException;
import dev.weir.check.facts.Dialect;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import dev.weir.check.facts.Unit;
import dev.weir.check.facts.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/** A running Weir, asked over HTTP for its pools and their settings as JSON. */
public final class RunningWeir {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunningWeir() {}

    /** What it says of its pools; a URL without a path is asked for {@code /api/pools}. */
    public static Subject read(String url) throws CheckException {
        URI address = address(url);
        String name = address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
        try {
            HttpResponse<byte[]> answer = HttpClient.newBuilder()
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(
                            HttpRequest.newBuilder(address)
                                    .timeout(PATIENCE)
                                    .header("Accept", "application/json")
                                    .build(),
                            HttpResponse.BodyHandlers.buffering(HttpResponse.BodyHandlers.ofByteArray(), 8192));
            if (answer.statusCode() != 200 || answer.body().length > LONGEST) {
                throw new CheckException(name + " answers " + answer.statusCode() + " with " + answer.body().length
                        + " bytes to " + address.getPath() + ": give the address of a running Weir");
            }
            return subject(name, JSON.readTree(answer.body()));
        } catch (IOException unreachable) {
            throw new CheckException(
                    name + " gives no JSON (" + unreachable.getClass().getSimpleName() + "): see that a Weir listens there",
                    unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CheckException(name + " was not waited for", stopped);
        }
    }

    private static URI address(String url) throws CheckException {
        try {
            URI given = URI.create(url);
            String path = given.getPath();
            URI whole = path == null || path.isEmpty() || path.equals("/") ? given.resolve("/api/pools") : given;
            if (whole.getHost() == null || whole.getUserInfo() != null) {
                throw new CheckException("the URL must be http://HOST:PORT, without credentials");
            }
            return whole;
        } catch (IllegalArgumentException odd) {
            throw new CheckException("the URL cannot be read: give http://HOST:PORT", odd);
        }
    }

    private static Subject subject(String name, JsonNode root) throws CheckException {
        JsonNode pools = root.isArray() ? root : root.path("pools");
        if (!pools.isArray()) {
            throw new CheckException(name + " answers without pools: give the address of a running Weir");
        }
        Subject subject = new Subject(name);
        for (JsonNode node : pools) {
            JsonNode settings = node.path("settings");
            if (settings.isObject()) {
                subject.add(pool(name, node, settings));
            } else {
                subject.remark("The settings of pool " + node.path("name").asText("?") + ": it does not tell them");
            }
        }
        return subject;
    }

    private static Pool pool(String name, JsonNode node, JsonNode settings) {
        String title = node.path("name").asText("?");
        Pool pool = new Pool(Kind.WEIR, title, Syntax.YAML, "", new Place(name, 0, title));
        Dialect dialect = Dialect.of(Kind.WEIR);
        for (Map.Entry<String, JsonNode> field : settings.properties()) {
            dialect.row(field.getKey())
                    .filter(row -> row.setting() != null && row.unit() != Unit.SECRET)
                    .ifPresent(row -> number(row.unit(), field.getValue())
                            .ifPresent(number -> set(pool, row.setting(), number, name, row.name())));
        }
        String kind = node.path("kind").asText("jdbc");
        if (!kind.equalsIgnoreCase("jdbc")) {
            pool.speaksOwnProtocol();
        }
        return pool;
    }

    private static void set(
            Pool pool, @org.jspecify.annotations.Nullable Setting setting, long number, String source, String key) {
        if (setting != null) {
            pool.set(setting, Value.of(number, new Place(source, 0, key)));
        }
    }

    /** A time is read with its unit; a bare number other than 0 does not say its own, so it is not known. */
    private static OptionalLong number(Unit unit, JsonNode value) {
        if (unit == Unit.TEXT) {
            return OptionalLong.empty();
        }
        return unit.parse(value.asText());
    }
}
