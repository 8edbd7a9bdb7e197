package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Paths that are not Engine.IO's go to the application's handler. */
class WebHandlerTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void theHandlerSeesTheRequestAndItsAnswerArrives() throws Exception {
        try (SocketIoServer server = start(request -> {
            assertThat(request.header("x-word")).contains("w");
            assertThat(request.query()).containsKey("q");
            assertThat(request.address()).isEqualTo("127.0.0.1");
            String echoed =
                    request.method() + " " + request.path() + " " + new String(request.body(), StandardCharsets.UTF_8);
            return new WebResponse(201, Map.of("x-mine", "yes"), echoed.getBytes(StandardCharsets.UTF_8));
        })) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri(server, "/a%20b?q=1"))
                            .header("X-Word", "w")
                            .PUT(HttpRequest.BodyPublishers.ofString("body"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(answer.body()).isEqualTo("PUT /a b body");
            assertThat(answer.headers().firstValue("x-mine")).contains("yes");
        }
    }

    @Test
    void oneConnectionServesManyRequests() throws Exception {
        try (SocketIoServer server = start(request -> new WebResponse(200, Map.of(), new byte[10]))) {
            for (int i = 0; i < 20; i++) {
                assertThat(get(server, "/").statusCode()).isEqualTo(200);
            }
            assertThat(server.statistics().channels()).isEqualTo(1);
        }
    }

    @Test
    void aHandlerThatThrowsIsAnsweredForAndCounted() throws Exception {
        try (SocketIoServer server = start(request -> {
            throw new IllegalStateException("secret");
        })) {
            HttpResponse<String> answer = get(server, "/");
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).isEmpty();
            assertThat(server.statistics().handlerFailures()).isEqualTo(1);
        }
    }

    @Test
    void aBodyLargerThanAllowedIsRefused() throws Exception {
        try (SocketIoServer server = start(request -> new WebResponse(200, Map.of(), new byte[0]))) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri(server, "/"))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[300 * 1024]))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
        }
    }

    @Test
    void withoutAHandlerAnotherPathIsNotFound() throws Exception {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            assertThat(get(server, "/").statusCode()).isEqualTo(404);
        }
    }

    private static SocketIoServer start(WebHandler handler) {
        return SocketIoServer.builder().port(0).pages(handler).start();
    }

    private HttpResponse<String> get(SocketIoServer server, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(server, path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(SocketIoServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
