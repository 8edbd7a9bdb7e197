package dev.weir.check.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.check.CheckException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks one server for JSON; an answer of more than 4 MiB is none. */
final class JsonClient {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST = 4 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A thread for each answer, which keeps no process alive. */
    private static final Executor READER = reading -> {
        Thread thread = new Thread(reading, "weir check reads an answer");
        thread.setDaemon(true);
        thread.start();
    };

    private final HttpClient client;
    private final URI server;
    private final String name;
    private final Duration patience;

    /** Of a server; {@code patience} bounds each answer as a whole. */
    JsonClient(URI server, String name, Duration patience) {
        this.server = server;
        this.name = name;
        this.patience = patience;
        this.client = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    /** The answer; empty when the server has none for this path. */
    Optional<JsonNode> get(String path) throws CheckException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(patience)
                .header("Accept", "application/json")
                .build();
        // The request's own timeout ends with the headers: a body that never ends needs one too.
        CompletableFuture<Optional<JsonNode>> answer = client.sendAsync(
                        request, HttpResponse.BodyHandlers.ofInputStream())
                .thenApplyAsync(JsonClient::read, READER);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unreachable) {
            Throwable cause = unreachable.getCause() == null ? unreachable : unreachable.getCause();
            throw new CheckException(
                    name + " gives no JSON (" + cause.getClass().getSimpleName() + "): see that a Weir listens there",
                    cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CheckException(name + " was not waited for", stopped);
        }
    }

    private static Optional<JsonNode> read(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            byte[] bytes = body.readNBytes(LONGEST);
            return answer.statusCode() == 200 && bytes.length < LONGEST
                    ? Optional.of(JSON.readTree(bytes))
                    : Optional.empty();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    JsonNode nothing() {
        return JSON.createArrayNode();
    }
}
