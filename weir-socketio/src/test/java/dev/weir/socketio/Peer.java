package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client that says exactly what a test tells it, by the JDK's own WebSocket. It answers pings and shows everything else. */
final class Peer implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int SECONDS = 20;

    private final BlockingQueue<Object> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private @Nullable WebSocket socket;
    private String sid = "";

    static Peer open(SocketIoServer server) {
        return open(server, "EIO=4&transport=websocket");
    }

    static Peer open(SocketIoServer server, String query) {
        return open(server.port(), query);
    }

    static Peer open(int port, String query) {
        Peer peer = new Peer();
        peer.socket = HTTP.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(SECONDS))
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/socket.io/?" + query), peer)
                .join();
        if (!query.contains("sid=")) {
            String open = peer.next();
            assertThat(open).startsWith("0{");
            peer.sid = open.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        }
        return peer;
    }

    /** In a namespace already. */
    static Peer in(SocketIoServer server, String namespace) {
        Peer peer = open(server);
        peer.enter(namespace, "");
        return peer;
    }

    String enter(String namespace, String auth) {
        String prefix = namespace.equals("/") ? "" : namespace + ",";
        send("40" + prefix + auth);
        String reply = next();
        assertThat(reply).startsWith("40" + prefix + "{\"sid\"");
        return reply.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
    }

    static HttpResponse<String> get(SocketIoServer server, String query) throws IOException, InterruptedException {
        return HTTP.send(request(server, query).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    static CompletableFuture<HttpResponse<String>> getAsync(SocketIoServer server, String query) {
        return HTTP.sendAsync(request(server, query).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpResponse<String> post(SocketIoServer server, String query, String body)
            throws IOException, InterruptedException {
        // On a connection of its own: the server may just be closing one that was idle, and a POST is not tried twice.
        return HttpClient.newHttpClient()
                .send(
                        request(server, query)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(SocketIoServer server, String query) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/socket.io/?" + query))
                .timeout(Duration.ofSeconds(SECONDS));
    }

    String sid() {
        return sid;
    }

    void send(String message) {
        socket().sendText(message, true).join();
    }

    void send(byte[] message) {
        socket().sendBinary(ByteBuffer.wrap(message), true).join();
    }

    void sendFragment(String part, boolean last) {
        socket().sendText(part, last).join();
    }

    private WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    /** The next text, pings aside. */
    String next() {
        Object message = take();
        assertThat(message).isInstanceOf(String.class);
        return (String) message;
    }

    byte[] nextBinary() {
        Object message = take();
        assertThat(message).isInstanceOf(byte[].class);
        return (byte[]) message;
    }

    private Object take() {
        try {
            Object message = messages.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(message).as("a message").isNotNull();
            return message;
        } catch (InterruptedException stop) {
            throw new AssertionError(stop);
        }
    }

    /** The code it was closed with; 1006: without one. */
    int closed() {
        try {
            return closed.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException notClosed) {
            throw new AssertionError("not closed", notClosed);
        }
    }

    boolean isClosed() {
        return closed.isDone();
    }

    /** Ends the connection without a goodbye. */
    void cut() {
        socket().abort();
    }

    @Override
    public void close() {
        socket().abort();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            if (whole.equals("2")) {
                var unused = from.sendText("3", true);
            } else {
                messages.add(whole);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        messages.add(bytes);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed.complete(1006);
    }
}
