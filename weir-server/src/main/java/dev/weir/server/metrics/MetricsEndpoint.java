package dev.weir.server.metrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.ConnectionPoolManager;
import dev.weir.metrics.Health;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers {@code GET /metrics} in the formats of Prometheus and {@code GET /health} in JSON, with 503 where a pool is unreachable.
 * One thread, and a few questions waiting for it at most. Thread-safe.
 */
final class MetricsEndpoint implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private static final int MOST_WAITING = 16;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    /** One for who asks, and some for those who begin to ask and never end. */
    private static final int THREADS = 4;

    private static final int REST_SECONDS = 10;

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final PrometheusMeterRegistry registry;
    private final ConnectionPoolManager manager;

    /**
     * Starts it.
     *
     * @param port 0: any that is free
     * @throws IOException if the port cannot be had; says how to choose another
     */
    MetricsEndpoint(InetAddress address, int port, PrometheusMeterRegistry registry, ConnectionPoolManager manager)
            throws IOException {
        this.registry = registry;
        this.manager = manager;
        try {
            server = HttpServer.create(new InetSocketAddress(address, port), MOST_WAITING);
        } catch (IOException taken) {
            throw new IOException(
                    "the metrics cannot be served at " + address.getHostAddress() + ":" + port + " ("
                            + taken.getMessage() + "): choose another --metrics-port, 0 for any, or off",
                    taken);
        }
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, REST_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "metrics-endpoint");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!READING.contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                send(exchange, 405, TEXT, "only GET and HEAD are answered\n");
            } else if (path.equals("/metrics")) {
                String accepted = String.valueOf(exchange.getRequestHeaders().getFirst("Accept"));
                String type = accepted.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
                send(exchange, 200, type, registry.scrape(type));
            } else if (path.equals("/health")) {
                Health health = Health.of(manager);
                int code = health.status() == Health.Status.UNREACHABLE ? 503 : 200;
                send(exchange, code, "application/json", JSON.writeValueAsString(HealthAnswer.of(health)) + "\n");
            } else {
                send(exchange, 404, TEXT, "ask for /metrics or /health\n");
            }
        }
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(code, -1);
            return;
        }
        exchange.sendResponseHeaders(code, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Where it answers. */
    URI uri() {
        InetSocketAddress at = server.getAddress();
        String host = at.getAddress().getHostAddress();
        return URI.create(
                String.format(Locale.ROOT, host.contains(":") ? "http://[%s]:%d" : "http://%s:%d", host, at.getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
