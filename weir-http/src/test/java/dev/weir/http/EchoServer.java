package dev.weir.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The JDK's server, on loopback: answers each request with the tag in its path, so that a wrong answer is noticed. */
final class EchoServer implements AutoCloseable {

    /** The bytes of the answer to {@code /big}: more than any client takes in unread. */
    static final int BIG = 8 * 1024 * 1024;

    static {
        // The server writes head and body apart, which costs 40 ms a request where Nagle waits for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final boolean secure;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final AtomicInteger atWork = new AtomicInteger();
    final AtomicInteger mostAtWork = new AtomicInteger();
    final AtomicInteger answered = new AtomicInteger();
    volatile CountDownLatch gate = new CountDownLatch(0);

    EchoServer() {
        this(null);
    }

    /** With TLS, if there is a context for it. */
    EchoServer(@Nullable SSLContext tls) {
        secure = tls != null;
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(loopback, 200);
            } else {
                HttpsServer securedServer = HttpsServer.create(loopback, 200);
                securedServer.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = securedServer;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean working = true;
        mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
        try (exchange) {
            if (exchange.getRequestURI().getPath().startsWith("/gated")) {
                gate.await();
            }
            exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestURI().getPath().startsWith("/once")) {
                exchange.getResponseHeaders().set("Connection", "close");
            }
            String path = exchange.getRequestURI().getPath();
            // Before the client can have the answer, and send another request.
            atWork.decrementAndGet();
            working = false;
            byte[] body = path.equals("/big") ? new byte[BIG] : path.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            answered.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (working) {
                atWork.decrementAndGet();
            }
        }
    }

    /** Holds back answers to paths that begin with {@code /gated}. */
    CountDownLatch closeGate() {
        CountDownLatch closed = new CountDownLatch(1);
        gate = closed;
        return closed;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String uri(String path) {
        return (secure ? "https" : "http") + "://127.0.0.1:" + port() + path;
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
