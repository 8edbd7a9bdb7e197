package dev.weir.benchmarks.compare;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP server that the service asks; it runs in the process of the load. */
final class Upstream implements AutoCloseable {

    static final String SMALL = "/small";
    static final String LARGE = "/large";
    static final int SMALL_BYTES = 2_000;
    static final int LARGE_BYTES = 1 << 20;

    /** The warming asks for as many answers at once as the largest pool has connections. */
    private static final int THREADS = 32;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    Upstream() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        serve(SMALL, new byte[SMALL_BYTES]);
        serve(LARGE, new byte[LARGE_BYTES]);
        server.start();
    }

    private void serve(String path, byte[] body) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
