package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.budget.Account;
import dev.weir.budget.MemoryBudget;
import dev.weir.budget.Reclaimer;
import dev.weir.pool.QueuePolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GovernedClientsTest {

    private final EchoServer server = new EchoServer();
    private final MemoryBudget budget = MemoryBudget.ofBytes(10_000_000);
    private final ConnectionPoolManager manager = ConnectionPoolManager.create(budget);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void nothingIsLeft() {
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(10));
        server.close();
        threads.shutdownNow();
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
        assertThat(report.failures()).isEmpty();
        assertThat(budget.accounts()).isEmpty();
    }

    private WeirHttpBuilder builder() {
        return WeirHttp.builder().name("out").manager(manager);
    }

    private WeirHttpClient jdk(WeirHttpBuilder builder) {
        return builder.govern(
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(server.uri(path))).build();
    }

    private String get(WeirHttpClient client, String path) throws IOException, InterruptedException {
        return client.send(request(path), HttpResponse.BodyHandlers.ofString()).body();
    }

    private String get(WeirOkHttp governed, String path) throws IOException {
        try (Response response = governed.client()
                .newCall(new Request.Builder().url(server.uri(path)).build())
                .execute()) {
            return response.body().string();
        }
    }

    /** Gets a path. */
    private interface Getter {
        String get(String path) throws Exception;
    }

    private void manyUsers(Getter getter) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int user = i;
            all.add(threads.submit(() -> {
                for (int j = 0; j < 100; j++) {
                    String tag = "/" + user + "/" + j;
                    assertThat(getter.get(tag)).isEqualTo(tag);
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(server.mostAtWork.get()).isLessThanOrEqualTo(3);
    }

    @Test
    void theJdksRequestsAreBounded() throws Exception {
        try (WeirHttpClient client = jdk(builder().settings(s -> s.max(3)))) {
            manyUsers(path -> get(client, path));
            assertThat(client.snapshot().totals().leases()).isEqualTo(800);
            await().until(() -> client.snapshot().leased() == 0);
            assertThat(client.originSnapshots()).hasSize(1);
        }
    }

    @Test
    void theJdksAsynchronousRequestsAreBounded() throws Exception {
        try (WeirHttpClient client = jdk(builder().settings(s -> s.max(3).maxWaiters(1000)))) {
            List<CompletableFuture<String>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String tag = "/" + i;
                all.add(client.sendAsync(request(tag), HttpResponse.BodyHandlers.ofString())
                        .thenApply(HttpResponse::body));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(all.get(i).get(30, TimeUnit.SECONDS)).isEqualTo("/" + i);
            }
            assertThat(server.mostAtWork.get()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void okHttpsRequestsAreBounded() throws Exception {
        try (WeirOkHttp governed =
                WeirOkHttp.govern(new OkHttpClient(), builder().settings(s -> s.max(3)))) {
            manyUsers(path -> get(governed, path));
            assertThat(governed.connections()).isBetween(1, 3);
            assertThat(governed.client().dispatcher().getMaxRequestsPerHost()).isEqualTo(3);
            assertThat(governed.snapshot().leased()).isZero();
        }
    }

    @Test
    void anAnswerThatIsNotReadKeepsItsRequestInFlight() throws Exception {
        WeirHttpBuilder one = builder().settings(s -> s.max(1).acquireTimeout(Duration.ofMillis(200)));
        try (WeirHttpClient client = jdk(one)) {
            CountDownLatch gate = server.closeGate();
            CompletableFuture<HttpResponse<String>> holder =
                    client.sendAsync(request("/gated"), HttpResponse.BodyHandlers.ofString());
            await().until(() -> server.atWork.get() == 1);
            assertThatThrownBy(() -> get(client, "/late"))
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessageContaining("No connection within");
            assertThatThrownBy(() -> client.sendAsync(request("/late"), HttpResponse.BodyHandlers.ofString())
                            .get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(HttpTimeoutException.class);
            gate.countDown();
            assertThat(holder.get(5, TimeUnit.SECONDS).body()).isEqualTo("/gated");
            await().until(() -> client.snapshot().leased() == 0);

            InputStream unread = client.send(request("/big"), HttpResponse.BodyHandlers.ofInputStream())
                    .body();
            assertThat(client.snapshot().leased()).isEqualTo(1);
            assertThat(unread.readAllBytes()).hasSize(EchoServer.BIG);
            await().until(() -> client.snapshot().leased() == 0);
        }
    }

    @Test
    void aCancelledRequestLeavesTheQueue() throws Exception {
        try (WeirHttpClient client = jdk(builder().settings(s -> s.max(1)))) {
            server.closeGate();
            CompletableFuture<HttpResponse<String>> holder =
                    client.sendAsync(request("/gated"), HttpResponse.BodyHandlers.ofString());
            await().until(() -> server.atWork.get() == 1);
            CompletableFuture<HttpResponse<String>> waiter =
                    client.sendAsync(request("/waits"), HttpResponse.BodyHandlers.ofString());
            assertThat(client.snapshot().waiting()).isEqualTo(1);
            waiter.cancel(true);
            assertThat(client.snapshot().waiting()).isZero();
            holder.cancel(true);
            await().until(() -> client.snapshot().leased() == 0);
        }
    }

    @Test
    void okHttpsFullQueueTurnsAwayAndItsWaitsTimeOut() throws Exception {
        try (WeirOkHttp governed = WeirOkHttp.govern(
                new OkHttpClient(),
                builder()
                        .settings(s -> s.max(1)
                                .maxWaiters(1)
                                .queuePolicy(QueuePolicy.REJECT_NEWEST)
                                .acquireTimeout(Duration.ofSeconds(1))))) {
            CountDownLatch gate = server.closeGate();
            Future<String> holder = threads.submit(() -> get(governed, "/gated"));
            await().until(() -> server.atWork.get() == 1);
            Future<String> waiter = threads.submit(() -> get(governed, "/waits"));
            await().until(() -> governed.snapshot().waiting() == 1);
            assertThatThrownBy(() -> get(governed, "/newest")).hasMessageContaining("Connection queue full");
            assertThatThrownBy(() -> waiter.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(InterruptedIOException.class)
                    .hasMessageContaining("No connection within");
            gate.countDown();
            assertThat(holder.get(5, TimeUnit.SECONDS)).isEqualTo("/gated");
        }
    }

    @Test
    void theBudgetCallsBackOkHttpsIdleConnections() throws Exception {
        try (WeirOkHttp governed =
                WeirOkHttp.govern(new OkHttpClient(), builder().settings(s -> s.max(3)))) {
            manyUsers(path -> get(governed, path));
            assertThat(governed.idleConnections()).isPositive();
            Account other = budget.open("other", 0, 1000, Long.MAX_VALUE, new Reclaimer() {
                @Override
                public boolean reclaimOne() {
                    return false;
                }

                @Override
                public long coldestIdleNanos() {
                    return -1;
                }

                @Override
                public void grantAvailable() {}
            });
            await().until(() -> other.tryGrant(9_950_000));
            assertThat(governed.connections()).isZero();
            other.release(9_950_000);
            other.close();
            assertThat(get(governed, "/again")).isEqualTo("/again");
        }
    }

    @Test
    void aShutdownStopsWhatIsInFlight() throws Exception {
        WeirHttpClient client = jdk(builder());
        WeirOkHttp governed = WeirOkHttp.govern(
                new OkHttpClient(), WeirHttp.builder().name("ok").manager(manager));
        server.closeGate();
        Future<String> first = threads.submit(() -> get(client, "/gated"));
        Future<String> second = threads.submit(() -> get(governed, "/gated"));
        await().until(() -> server.atWork.get() == 2);
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(2));
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
        assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> second.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> get(client, "/after")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> get(governed, "/after")).isInstanceOf(IOException.class);
        assertThat(governed.connections()).isZero();
    }

    @Test
    void aShutdownStopsAnAnswerThatNobodyReads() throws Exception {
        WeirHttpClient client = jdk(builder());
        InputStream unread = client.send(request("/big"), HttpResponse.BodyHandlers.ofInputStream())
                .body();
        assertThat(client.snapshot().leased()).isEqualTo(1);
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(1));
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.cancelled()).isEqualTo(1);
        assertThatThrownBy(unread::readAllBytes).isInstanceOf(IOException.class);
    }
}
