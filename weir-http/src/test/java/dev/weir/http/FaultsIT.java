package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.http.FaultyServer.Mood;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Eight users of four connections to a server that misbehaves in every way, through both clients of Apache's. */
class FaultsIT {

    private static final Duration ACQUIRE = Duration.ofMillis(400);
    private static final RequestConfig PATIENCE = RequestConfig.custom()
            .setResponseTimeout(Timeout.ofMilliseconds(300))
            .build();
    private static final ConnectionConfig CONNECT = ConnectionConfig.custom()
            .setConnectTimeout(Timeout.ofMilliseconds(300))
            .build();

    /** Gets a path, or says why not. */
    private interface Client extends AutoCloseable {
        String get(String path) throws Exception;

        @Override
        void close() throws IOException;
    }

    private final FaultyServer server = new FaultyServer();
    private final ConnectionPoolManager manager = ConnectionPoolManager.create();
    private final ExecutorService users = Executors.newCachedThreadPool();
    private final AtomicLong tags = new AtomicLong();
    private final AtomicLong longestWaitNanos = new AtomicLong();
    private final AtomicReference<String> wrongAnswer = new AtomicReference<>();
    private volatile boolean stop;

    @AfterEach
    void nothingIsLeft() {
        stop = true;
        users.shutdownNow();
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(10));
        server.close();
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
        assertThat(report.failures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mood.class)
    void theClassicClientComesThrough(Mood mood) throws Exception {
        comesThrough(classic(), () -> server.mood = mood, () -> server.mood = Mood.GOOD);
    }

    @ParameterizedTest
    @EnumSource(Mood.class)
    void theAsynchronousClientComesThrough(Mood mood) throws Exception {
        comesThrough(async(), () -> server.mood = mood, () -> server.mood = Mood.GOOD);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRestartIsComeThrough(boolean async) throws Exception {
        comesThrough(async ? async() : classic(), server::kill, server::restart);
    }

    private void comesThrough(Client client, Runnable trouble, Runnable mend) throws Exception {
        try (client) {
            List<Future<?>> all = new ArrayList<>();
            AtomicLong good = new AtomicLong();
            for (int i = 0; i < 8; i++) {
                all.add(users.submit(() -> use(client, good)));
            }
            await().until(() -> good.get() > 200);
            trouble.run();
            // Long enough for waits to reach their timeout.
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1200, TimeUnit.MILLISECONDS))
                    .get();
            mend.run();
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> {
                        long before = good.get();
                        for (int i = 0; i < 8; i++) {
                            String tag = "/probe/" + tags.incrementAndGet();
                            try {
                                if (!client.get(tag).equals(tag)) {
                                    return false;
                                }
                            } catch (IOException notYet) {
                                return false;
                            }
                        }
                        return good.get() > before;
                    });
            // The server may take a moment to notice that one was closed.
            await().untilAsserted(() -> assertThat(server.connections()).isLessThanOrEqualTo(4));
            stop = true;
            for (Future<?> one : all) {
                one.get(10, TimeUnit.SECONDS);
            }
            assertThat(wrongAnswer.get()).isNull();
            assertThat(Duration.ofNanos(longestWaitNanos.get())).isLessThan(ACQUIRE.plusSeconds(1));
        }
    }

    private Object use(Client client, AtomicLong good) throws Exception {
        while (!stop) {
            String tag = "/" + tags.incrementAndGet();
            long start = System.nanoTime();
            try {
                String answer = client.get(tag);
                if (!answer.equals(tag)) {
                    wrongAnswer.set(tag + " was answered by " + answer);
                }
                good.incrementAndGet();
            } catch (ConnectionRequestTimeoutException waited) {
                longestWaitNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
            } catch (IOException trouble) {
                // what the server does is not what is tested
            }
        }
        return good;
    }

    private WeirHttpBuilder builder() {
        return WeirHttp.builder()
                .name("faulty")
                .manager(manager)
                .maxTotal(4)
                .settings(s -> s.max(4).acquireTimeout(ACQUIRE));
    }

    private Client classic() {
        WeirConnectionManager connections = builder().buildClassic();
        connections.setDefaultConnectionConfig(CONNECT);
        CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(PATIENCE)
                .disableAutomaticRetries()
                .build();
        return new Client() {
            @Override
            public String get(String path) throws IOException {
                return client.execute(
                        new HttpGet(server.uri(path)), response -> EntityUtils.toString(response.getEntity()));
            }

            @Override
            public void close() throws IOException {
                client.close();
            }
        };
    }

    private Client async() {
        WeirAsyncConnectionManager connections = builder().buildAsync();
        connections.setDefaultConnectionConfig(CONNECT);
        CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(PATIENCE)
                .disableAutomaticRetries()
                .build();
        client.start();
        return new Client() {
            @Override
            public String get(String path) throws Exception {
                SimpleHttpRequest request =
                        SimpleRequestBuilder.get(server.uri(path)).build();
                try {
                    SimpleHttpResponse response = client.execute(request, null).get(10, TimeUnit.SECONDS);
                    return response.getBodyText();
                } catch (ExecutionException failed) {
                    throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
                }
            }

            @Override
            public void close() throws IOException {
                client.close();
            }
        };
    }
}
