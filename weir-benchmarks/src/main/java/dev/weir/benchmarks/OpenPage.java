package dev.weir.benchmarks;

import dev.weir.ConnectionPoolManager;
import dev.weir.dashboard.WeirDashboard;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard and a page that is open on it, without the browser, whose drawing would be paid by the same processors: over
 * Socket.IO it is sent what a page is that looks at a pool, and over REST it reads the statements once a second, as the page
 * does that shows them.
 */
final class OpenPage implements WebSocket.Listener, AutoCloseable {

    private final WeirDashboard dashboard;
    private final String pool;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong packets = new AtomicLong();
    private final StringBuilder packet = new StringBuilder();
    private final WebSocket socket;

    private OpenPage(ConnectionPoolManager manager, String pool) {
        this.pool = pool;
        dashboard = WeirDashboard.builder(manager).start();
        URI home = URI.create(dashboard.url());
        socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + home.getAuthority() + "/socket.io/?EIO=4&transport=websocket"), this)
                .join();
        HttpRequest statements =
                HttpRequest.newBuilder(home.resolve("/api/queries")).build();
        var unused = reader.scheduleAtFixedRate(() -> read(statements), 0, 1, TimeUnit.SECONDS);
    }

    static OpenPage on(ConnectionPoolManager manager, String pool) {
        return new OpenPage(manager, pool);
    }

    private void read(HttpRequest request) {
        try {
            if (client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode() == 200) {
                answers.incrementAndGet();
            }
        } catch (IOException lost) {
            // Then there are too few answers, which is noticed at the end.
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        packet.append(part);
        from.request(1);
        if (!last) {
            return null;
        }
        String whole = packet.toString();
        packet.setLength(0);
        return answer(from, whole);
    }

    /** Engine.IO's open and ping, Socket.IO's connect; everything else is what it is for. */
    private @Nullable CompletionStage<?> answer(WebSocket to, String whole) {
        if (whole.startsWith("0")) {
            return to.sendText("40", true);
        }
        if (whole.startsWith("2")) {
            return to.sendText("3", true);
        }
        if (whole.startsWith("40")) {
            return to.sendText("42[\"look\",\"" + pool + "\"]", true);
        }
        packets.incrementAndGet();
        return null;
    }

    /** Ends both; fails if nobody sent the page anything. */
    @Override
    public void close() {
        reader.shutdownNow();
        socket.abort();
        dashboard.close();
        if (answers.get() == 0 || packets.get() == 0) {
            throw new IllegalStateException("the page was sent " + packets + " packets and " + answers
                    + " answers: what was measured is no open page");
        }
    }
}
