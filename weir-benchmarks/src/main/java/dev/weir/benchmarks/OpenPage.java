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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A dashboard and a page that is open on it, without the browser, whose drawing would be paid by the same processors: over
 * Socket.IO it is sent what a page is that looks at a pool, and over REST it reads the statements once a second, as the page
 * does that shows them.
 */
final class OpenPage implements WebSocket.Listener, AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;

    private final WeirDashboard dashboard;
    private final String pool;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor();
    private final CountDownLatch answered = new CountDownLatch(1);
    private final CountDownLatch told = new CountDownLatch(1);
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

    /** Opens one, and waits until it shows something. */
    static OpenPage on(ConnectionPoolManager manager, String pool) throws InterruptedException {
        OpenPage page = new OpenPage(manager, pool);
        boolean shows = false;
        try {
            shows = page.answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    && page.told.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            if (!shows) {
                page.close();
            }
        }
        if (!shows) {
            throw new IllegalStateException("the page was sent nothing within " + PATIENCE_SECONDS
                    + " s: what would be measured is no open page");
        }
        return page;
    }

    private void read(HttpRequest request) {
        try {
            if (client.send(request, HttpResponse.BodyHandlers.ofByteArray()).statusCode() == 200) {
                answered.countDown();
            }
        } catch (IOException lost) {
            // Then there is no answer, and it is waited for in vain.
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
        told.countDown();
        return null;
    }

    /** Ends both. */
    @Override
    public void close() {
        reader.shutdownNow();
        socket.abort();
        dashboard.close();
    }
}
