package dev.weir.check.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.check.CheckException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks one server for JSON; an answer of more than 4 MiB is none. */
final class JsonClient {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST = 4 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI server;
    private final String name;

    JsonClient(URI server, String name) {
        this.server = server;
        this.name = name;
    }

    /** The answer; empty when the server has none for this path. */
    Optional<JsonNode> get(String path) throws CheckException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(LONGEST);
                return answer.statusCode() == 200 && bytes.length < LONGEST
                        ? Optional.of(JSON.readTree(bytes))
                        : Optional.empty();
            }
        } catch (IOException unreachable) {
            throw new CheckException(
                    name + " gives no JSON (" + unreachable.getClass().getSimpleName()
                            + "): see that a Weir listens there",
                    unreachable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CheckException(name + " was not waited for", stopped);
        }
    }

    JsonNode nothing() {
        return JSON.createArrayNode();
    }
}
