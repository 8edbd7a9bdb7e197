package dev.weir.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on the loopback interface that answers {@code GET /accounts/NUMBER?tag=TAG} with a line of JSON which repeats both.
 * As many threads as processors, and no more questions at once than connections it was made for. Thread-safe.
 */
public final class AccountEndpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern QUESTION = Pattern.compile("/accounts/(\\d{1,6})\\?tag=([0-9a-f-]{1,40})");
    private static final byte[] UNKNOWN =
            "{\"error\":\"ask for /accounts/NUMBER?tag=TAG\"}\n".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    private AccountEndpoint(HttpServer server, ThreadPoolExecutor threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts it on a free port.
     *
     * @param connections the most that will be made to it
     */
    public static AccountEndpoint start(int connections) throws IOException {
        // Else the kernel holds an answer's body back until its head is acknowledged, which takes 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), connections + 1);
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().availableProcessors(),
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(Math.max(16, 2 * connections)),
                work -> {
                    Thread thread = new Thread(work, "endpoint-" + number.getAndIncrement());
                    thread.setDaemon(true);
                    return thread;
                });
        server.setExecutor(threads);
        server.createContext("/", AccountEndpoint::answer);
        server.start();
        return new AccountEndpoint(server, threads);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher question = QUESTION.matcher(exchange.getRequestURI().toString());
            boolean understood = exchange.getRequestMethod().equals("GET") && question.matches();
            byte[] body = understood
                    ? (JSON.writeValueAsString(Account.of(Integer.parseInt(question.group(1)), question.group(2)))
                                    + "\n")
                            .getBytes(StandardCharsets.UTF_8)
                    : UNKNOWN;
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(understood ? 200 : 404, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Where it answers. */
    public URI uri() {
        InetSocketAddress address = server.getAddress();
        try {
            return new URI("http", null, address.getAddress().getHostAddress(), address.getPort(), null, null, null);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("an address is a host", impossible);
        }
    }

    /** What it is and where, for people. */
    public String describe() {
        return "HTTP endpoint at " + uri();
    }

    /** Ends it, whatever is in hand. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
