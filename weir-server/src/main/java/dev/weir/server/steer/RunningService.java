package dev.weir.server.steer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service that serves Weir's dashboard. */
final class RunningService {

    private static final String FRAGMENT = "token=";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI api;
    private final @Nullable String token;

    /**
     * One at the link that it printed at its start; the token behind {@code #}, or else the given one, allows changes.
     *
     * @throws IllegalArgumentException if that is no such link
     */
    RunningService(String link, @Nullable String given) {
        URI uri = URI.create(link);
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException(
                    "this is no link of a dashboard: use the one that was printed, http://HOST:PORT/#token=TOKEN");
        }
        String fragment = uri.getFragment();
        token = fragment != null && fragment.startsWith(FRAGMENT) ? fragment.substring(FRAGMENT.length()) : given;
        api = URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + "/api/");
    }

    JsonNode read(String path) throws IOException, InterruptedException {
        return ask("GET", path, "");
    }

    JsonNode steer(String pool, String verb, String body) throws IOException, InterruptedException {
        String name = URLEncoder.encode(pool, StandardCharsets.UTF_8).replace("+", "%20");
        return ask("POST", "pools/" + name + "/" + verb, body);
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        JsonNode content = JSON.readTree(answer.body());
        if (answer.statusCode() != HTTP_OK) {
            throw new IOException(content.path("message").asText("it answered " + answer.statusCode()));
        }
        return content;
    }

    private static final int HTTP_OK = 200;
}
