package dev.weir.check.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.check.CheckException;
import dev.weir.check.facts.Dialect;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import dev.weir.check.facts.Value;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A running Weir, asked by its own HTTP API: {@code /api/pools}, and of each pool {@code /api/pools/NAME/settings}. Nothing is
 * changed.
 */
public final class RunningWeir {

    private static final int MOST_POOLS = 1_024;

    private final Subject subject;
    private final JsonClient client;

    private RunningWeir(String name, JsonClient client) {
        this.subject = new Subject(name);
        this.client = client;
    }

    /** What it says of its pools. */
    public static Subject read(String url) throws CheckException {
        URI address = address(url);
        String name = address.getScheme() + "://" + address.getRawAuthority();
        RunningWeir weir = new RunningWeir(name, new JsonClient(address, name, JsonClient.PATIENCE));
        weir.pools();
        return weir.subject;
    }

    private static URI address(String url) throws CheckException {
        try {
            URI given = URI.create(url);
            if (given.getHost() == null || given.getRawUserInfo() != null) {
                throw new CheckException("the URL must be http://HOST:PORT, without credentials");
            }
            return given;
        } catch (IllegalArgumentException odd) {
            throw new CheckException("the URL cannot be read: give http://HOST:PORT");
        }
    }

    private void pools() throws CheckException {
        JsonNode rows = client.get("/api/pools")
                .filter(JsonNode::isArray)
                .orElseThrow(() -> new CheckException(
                        subject.name() + " has no /api/pools: give the address of a running Weir's dashboard"));
        for (int i = 0; i < Math.min(rows.size(), MOST_POOLS); i++) {
            pool(rows.get(i));
        }
    }

    private void pool(JsonNode row) throws CheckException {
        String name = row.path("name").asText("");
        if (row.path("governed").asBoolean(false)) {
            subject.remark("Pool " + name + " is not Weir's own: check the configuration of the pool it is");
            return;
        }
        Pool pool = new Pool(Kind.WEIR, name, Syntax.YAML, "", new Place(subject.name(), 0, name));
        if (!row.path("kind").asText("jdbc").toLowerCase(Locale.ROOT).contains("jdbc")) {
            pool.speaksOwnProtocol();
        }
        set(pool, "min", row.path("min"));
        set(pool, "max", row.path("max"));
        String path =
                "/api/pools/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20") + "/settings";
        Optional<JsonNode> settings = client.get(path);
        if (settings.isEmpty()) {
            subject.remark("The settings of pool " + name + " beside min and max: it does not tell them");
        }
        for (JsonNode setting : settings.map(all -> all.path("settings")).orElse(client.nothing())) {
            set(pool, setting.path("name").asText(""), setting.path("value"));
        }
        subject.add(pool);
    }

    /** Times are told in milliseconds, under the setting's name with {@code Ms} behind it. */
    private void set(Pool pool, String name, JsonNode value) {
        String plain = name.endsWith("Ms") ? name.substring(0, name.length() - 2) : name;
        Setting setting =
                Dialect.of(Kind.WEIR).row(plain).map(Dialect.Row::setting).orElse(null);
        if (setting != null && value.isIntegralNumber()) {
            pool.set(setting, Value.of(value.asLong(), new Place(subject.name(), 0, plain)));
        }
    }
}
