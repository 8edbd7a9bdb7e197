package dev.weir.benchmarks.compare;

import dev.weir.ConnectionPoolManager;
import dev.weir.http.WeirHttp;
import dev.weir.http.WeirHttpBuilder;
import dev.weir.http.WeirOkHttp;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;

/** The three HTTP clients of the service. Thread-safe. */
final class HttpClients implements AutoCloseable {

    /** Every fourth answer is a large one. */
    private static final int LARGE_OF = 4;

    /** What a client does: asks, and reads the whole answer without keeping it; returns its bytes. */
    private interface Fetch {
        long fetch(URI uri) throws Exception;
    }

    private final List<Fetch> clients = new ArrayList<>();
    private final List<Closeable> open = new ArrayList<>();
    private final String base;
    private final int size;

    HttpClients(Assignment assignment, ConnectionPoolManager manager) {
        size = assignment.setup().http();
        base = "http://127.0.0.1:" + assignment.upstreamPort();
        // Read when the client is first used, and never again.
        System.setProperty("jdk.httpclient.connectionPoolSize", Integer.toString(size));
        boolean weir = assignment.setup().pools() == Setup.Pools.WEIR;
        apache(
                weir
                        ? bounded("http-apache", manager).buildClassic()
                        : PoolingHttpClientConnectionManagerBuilder.create()
                                .setMaxConnTotal(size)
                                .setMaxConnPerRoute(size)
                                .build());
        OkHttpClient plain = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(size, 5, TimeUnit.MINUTES))
                .build();
        if (weir) {
            WeirOkHttp governed = WeirOkHttp.govern(plain, bounded("http-okhttp", manager));
            open.add(governed::close);
            okHttp(governed.client());
        } else {
            okHttp(plain);
        }
        HttpClient jdk =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        if (weir) {
            var governed = bounded("http-jdk", manager).govern(jdk);
            open.add(governed::close);
            jdk(governed);
        } else {
            jdk(jdk);
        }
    }

    private WeirHttpBuilder bounded(String name, ConnectionPoolManager manager) {
        return WeirHttp.builder()
                .name(name)
                .settings(settings -> settings.max(size))
                .maxTotal(size)
                .manager(manager);
    }

    private void apache(HttpClientConnectionManager connections) {
        CloseableHttpClient client = org.apache.hc.client5.http.impl.classic.HttpClients.custom()
                .setConnectionManager(connections)
                .build();
        open.add(client);
        clients.add(uri -> client.execute(
                new HttpGet(uri), answer -> drain(answer.getEntity().getContent())));
    }

    private void okHttp(OkHttpClient client) {
        open.add(() -> {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        });
        clients.add(uri -> {
            Request request = new Request.Builder().url(uri.toString()).build();
            try (Response answer = client.newCall(request).execute()) {
                return drain(answer.body().byteStream());
            }
        });
    }

    private void jdk(HttpClient client) {
        clients.add(uri -> {
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            try (InputStream body = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                    .body()) {
                return drain(body);
            }
        });
    }

    private static long drain(InputStream body) throws IOException {
        byte[] buffer = new byte[16_384];
        long bytes = 0;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            bytes += read;
        }
        return bytes;
    }

    /** As many large answers at once as there may be connections. */
    void warm() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            for (Fetch client : clients) {
                Callable<Long> large = () -> client.fetch(URI.create(base + Upstream.LARGE));
                List<Future<Long>> answers = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    answers.add(threads.submit(large));
                }
                for (Future<Long> answer : answers) {
                    answer.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** One request; returns 1. */
    int ask(int user, long seed) throws Exception {
        boolean large = Math.floorMod(seed, (long) LARGE_OF) == 0;
        URI uri = URI.create(base + (large ? Upstream.LARGE : Upstream.SMALL));
        long bytes = clients.get(user % clients.size()).fetch(uri);
        if (bytes != (large ? Upstream.LARGE_BYTES : Upstream.SMALL_BYTES)) {
            throw new IOException(uri + " answered with " + bytes + " bytes");
        }
        return 1;
    }

    int size() {
        return clients.size();
    }

    @Override
    public void close() throws IOException {
        for (Closeable client : open) {
            client.close();
        }
        open.clear();
        clients.clear();
    }
}
