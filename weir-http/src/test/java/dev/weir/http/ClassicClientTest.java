package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.PoolEvent;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.QueuePolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassicClientTest {

    private final EchoServer server = new EchoServer();
    private final MemoryBudget budget = MemoryBudget.ofBytes(10_000_000);
    private final ConnectionPoolManager manager = ConnectionPoolManager.create(budget);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void nothingIsLeft() {
        server.gate.countDown();
        threads.shutdownNow();
        var report = manager.shutdown(Duration.ofSeconds(10));
        server.close();
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
        assertThat(report.failures()).isEmpty();
        assertThat(budget.accounts()).isEmpty();
    }

    private WeirHttpBuilder builder() {
        return WeirHttp.builder().name("api").manager(manager);
    }

    private static CloseableHttpClient client(WeirConnectionManager connections) {
        return HttpClients.custom()
                .setConnectionManager(connections)
                .disableAutomaticRetries()
                .build();
    }

    private String get(CloseableHttpClient client, String path) throws IOException {
        return get(client, server, path);
    }

    private static String get(CloseableHttpClient client, EchoServer from, String path) throws IOException {
        return client.execute(new HttpGet(from.uri(path)), response -> EntityUtils.toString(response.getEntity()));
    }

    @Test
    void oneConnectionServesOneRequestAfterTheOther() throws IOException {
        WeirConnectionManager connections = builder().buildClassic();
        try (CloseableHttpClient client = client(connections)) {
            for (int i = 0; i < 50; i++) {
                assertThat(get(client, "/" + i)).isEqualTo("/" + i);
            }
            PoolSnapshot snapshot = connections.snapshot();
            assertThat(snapshot.totals().opened()).isEqualTo(1);
            assertThat(snapshot.totals().leases()).isEqualTo(50);
            assertThat(snapshot.idle()).isEqualTo(1);
            assertThat(manager.pool("api").orElseThrow().measuredConnections().connections())
                    .isEqualTo(1);
            await().untilAsserted(() -> assertThat(budget.grantedBytes())
                    .isEqualTo(manager.pool("api")
                            .orElseThrow()
                            .measuredConnections()
                            .bytes()));
        }
        assertThat(connections.snapshot().size()).isZero();
        assertThat(manager.pool("api")).isEmpty();
    }

    @Test
    void aConnectionThatTheServerClosesIsNotLentAgain() throws IOException {
        WeirConnectionManager connections = builder().buildClassic();
        try (CloseableHttpClient client = client(connections)) {
            for (int i = 0; i < 5; i++) {
                assertThat(get(client, "/once/" + i)).isEqualTo("/once/" + i);
            }
            await().untilAsserted(
                            () -> assertThat(connections.snapshot().size()).isZero());
            assertThat(connections.snapshot().totals().opened()).isEqualTo(5);
        }
    }

    @Test
    void noMoreConnectionsThanTheMaximumOfARouteAndOfAll() throws Exception {
        WeirConnectionManager connections =
                builder().settings(s -> s.max(3).maxWaiters(1000)).maxTotal(4).buildClassic();
        long bytesOfOne = new ConnectionBytes(Http1Config.DEFAULT.getBufferSize()).of(null);
        try (EchoServer other = new EchoServer();
                CloseableHttpClient client = client(connections)) {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 16; thread++) {
                int number = thread;
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        String tag = "/" + number + "/" + i;
                        assertThat(get(client, number % 2 == 0 ? server : other, tag))
                                .isEqualTo(tag);
                        assertThat(budget.grantedBytes()).isLessThanOrEqualTo(4 * bytesOfOne);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
            assertThat(server.mostAtWork.get()).isLessThanOrEqualTo(3);
            assertThat(other.mostAtWork.get()).isLessThanOrEqualTo(3);
            assertThat(connections.routeSnapshots()).hasSize(2);
        }
    }

    @Test
    void aRequestThatWaitsTooLongIsToldWhoHoldsTheConnections() throws Exception {
        WeirConnectionManager connections = builder()
                .settings(s -> s.max(1).acquireTimeout(Duration.ofSeconds(1)))
                .buildClassic();
        try (CloseableHttpClient client = client(connections)) {
            CountDownLatch gate = server.closeGate();
            Future<String> holder = threads.submit(() -> {
                Thread.currentThread().setName("the-holder");
                return get(client, "/gated");
            });
            await().until(() -> server.atWork.get() == 1);
            long start = System.nanoTime();
            assertThatThrownBy(() -> get(client, "/late"))
                    .isInstanceOf(ConnectionRequestTimeoutException.class)
                    .hasMessageContaining("No connection within")
                    .hasMessageContaining("the-holder");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            gate.countDown();
            assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("/gated");
            assertThat(get(client, "/then")).isEqualTo("/then");
        }
    }

    @Test
    void aRequestsOwnTimeoutMayBeShorter() throws Exception {
        WeirConnectionManager connections = builder().settings(s -> s.max(1)).buildClassic();
        try (CloseableHttpClient client = client(connections)) {
            CountDownLatch gate = server.closeGate();
            Future<String> holder = threads.submit(() -> get(client, "/gated"));
            await().until(() -> server.atWork.get() == 1);
            HttpGet hasty = new HttpGet(server.uri("/hasty"));
            hasty.setConfig(RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.ofMilliseconds(100))
                    .build());
            assertThatThrownBy(() -> client.execute(hasty, ClassicHttpResponse::getCode))
                    .isInstanceOf(ConnectionRequestTimeoutException.class);
            gate.countDown();
            holder.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aFullQueueTurnsAway() throws Exception {
        WeirConnectionManager connections = builder()
                .settings(s -> s.max(1).maxWaiters(1).queuePolicy(QueuePolicy.REJECT_NEWEST))
                .buildClassic();
        try (CloseableHttpClient client = client(connections)) {
            CountDownLatch gate = server.closeGate();
            Future<String> holder = threads.submit(() -> get(client, "/gated"));
            await().until(() -> server.atWork.get() == 1);
            Future<String> waiter = threads.submit(() -> get(client, "/waits"));
            await().until(() -> connections.snapshot().waiting() == 1);
            assertThatThrownBy(() -> get(client, "/newest"))
                    .isInstanceOf(IOException.class)
                    .cause()
                    .hasMessageContaining("Connection queue full");
            gate.countDown();
            assertThat(holder.get(10, TimeUnit.SECONDS)).isEqualTo("/gated");
            assertThat(waiter.get(10, TimeUnit.SECONDS)).isEqualTo("/waits");
        }
    }

    @Test
    void aCancelledRequestLeavesTheQueueAtOnceAndLosesNothing() throws Exception {
        WeirConnectionManager connections = builder().settings(s -> s.max(1)).buildClassic();
        try (CloseableHttpClient client = client(connections)) {
            CountDownLatch gate = server.closeGate();
            Future<String> holder = threads.submit(() -> get(client, "/gated"));
            await().until(() -> server.atWork.get() == 1);
            HttpGet request = new HttpGet(server.uri("/cancelled"));
            Future<Object> waiter = threads.submit(() -> {
                try {
                    return client.execute(request, ClassicHttpResponse::getCode);
                } catch (IOException | CancellationException expected) {
                    return Thread.currentThread().isInterrupted() ? "interrupted" : "cancelled";
                }
            });
            await().until(() -> connections.snapshot().waiting() == 1);
            request.cancel();
            assertThat(waiter.get(10, TimeUnit.SECONDS)).isEqualTo("cancelled");
            assertThat(connections.snapshot().waiting()).isZero();
            gate.countDown();
            holder.get(10, TimeUnit.SECONDS);
            assertThat(get(client, "/then")).isEqualTo("/then");
        }
    }

    @Test
    void aForgottenAnswerIsReportedWithItsBorrowersStack() throws Exception {
        ConcurrentLinkedQueue<PoolEvent.LeakDetected> leaks = new ConcurrentLinkedQueue<>();
        manager.addListener(event -> {
            if (event instanceof PoolEvent.LeakDetected leak) {
                leaks.add(leak);
            }
        });
        WeirConnectionManager connections = builder()
                .settings(s -> s.max(2).leakThreshold(Duration.ofMillis(300)))
                .buildClassic();
        try (CloseableHttpClient client = client(connections)) {
            ClassicHttpResponse forgotten = forgetAnAnswer(client);
            await().until(() -> !leaks.isEmpty());
            assertThat(leaks.peek().stack()).anyMatch(frame -> frame.contains("forgetAnAnswer"));
            assertThat(connections.snapshot().totals().leaks()).isEqualTo(1);
            forgotten.close();
        }
    }

    @SuppressWarnings("deprecation") // the way to forget one
    private ClassicHttpResponse forgetAnAnswer(CloseableHttpClient client) throws IOException {
        return client.execute(new HttpGet(server.uri("/forgotten")));
    }

    @Test
    void aLostAnswersConnectionIsTakenBackWhenAskedFor() throws Exception {
        WeirConnectionManager connections = builder()
                .settings(s -> s.max(1)
                        .leakThreshold(Duration.ofMillis(300))
                        .reclaimLeaks(true)
                        .acquireTimeout(Duration.ofSeconds(30)))
                .buildClassic();
        try (CloseableHttpClient client = client(connections)) {
            assertThat(forgetAnAnswer(client).getCode()).isEqualTo(200);
            Future<String> next = threads.submit(() -> get(client, "/next"));
            await().atMost(30, TimeUnit.SECONDS).until(() -> {
                System.gc();
                return next.isDone();
            });
            assertThat(next.get()).isEqualTo("/next");
        }
    }

    @Test
    void idleConnectionsGoWhenTheyHaveRestedLongEnough() throws Exception {
        WeirConnectionManager connections = builder()
                .settings(s -> s.idleTimeout(Duration.ofMillis(300)).reapInterval(Duration.ofMillis(100)))
                .buildClassic();
        try (CloseableHttpClient client = client(connections)) {
            get(client, "/");
            await().untilAsserted(
                            () -> assertThat(connections.snapshot().size()).isZero());
            assertThat(budget.grantedBytes()).isZero();
        }
    }

    @Test
    void theLibrarysOwnControlsWork() throws Exception {
        WeirConnectionManager connections = builder().buildClassic();
        try (CloseableHttpClient client = client(connections)) {
            get(client, "/");
            HttpRoute route = new HttpRoute(HttpHost.create("http://127.0.0.1:" + server.port()));
            assertThat(connections.getRoutes()).containsExactly(route);
            assertThat(connections.getStats(route).getAvailable()).isEqualTo(1);
            assertThat(connections.getTotalStats().getMax()).isEqualTo(25);
            connections.setMaxTotal(10);
            connections.setDefaultMaxPerRoute(4);
            connections.setMaxPerRoute(route, 2);
            assertThat(connections.getMaxTotal()).isEqualTo(10);
            assertThat(connections.getDefaultMaxPerRoute()).isEqualTo(4);
            assertThat(connections.getMaxPerRoute(route)).isEqualTo(2);
            assertThat(connections.getStats(route).getMax()).isEqualTo(2);
            connections.closeIdle(TimeValue.ofMinutes(1));
            assertThat(connections.getStats(route).getAvailable()).isEqualTo(1);
            connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
            await().untilAsserted(() ->
                    assertThat(connections.getStats(route).getAvailable()).isZero());
            assertThat(get(client, "/again")).isEqualTo("/again");
        }
    }

    @Test
    void aShutdownAbortsWhatDoesNotDrainAndItIsNotConnectedAgain() throws Exception {
        WeirConnectionManager connections = builder().buildClassic();
        // With its retries: the library must not open another connection in the place of the one that was taken.
        try (CloseableHttpClient client =
                HttpClients.custom().setConnectionManager(connections).build()) {
            server.closeGate();
            Future<String> holder = threads.submit(() -> get(client, "/gated"));
            await().until(() -> server.atWork.get() == 1);
            ShutdownReport report = manager.shutdown(Duration.ofSeconds(1));
            assertThat(report.aborted()).isEqualTo(1);
            assertThat(report.connectionsLeft()).isZero();
            assertThat(report.bytesLeft()).isZero();
            assertThatThrownBy(() -> holder.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(client, "/after")).isInstanceOf(IOException.class);
            assertThat(server.mostAtWork.get()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionOfOneUserIsNotLentToAnother() throws Exception {
        WeirConnectionManager connections = builder().settings(s -> s.max(1)).buildClassic();
        try (CloseableHttpClient client = HttpClients.custom()
                .setConnectionManager(connections)
                .setUserTokenHandler((route, context) -> context.getAttribute("user"))
                .build()) {
            List<Object> connectionIds = new ArrayList<>();
            for (String user : List.of("ann", "ann", "bob", "bob", "ann")) {
                HttpClientContext context = HttpClientContext.create();
                context.setUserToken(user);
                context.setAttribute("user", user);
                client.execute(new HttpGet(server.uri("/" + user)), context, response -> {
                    connectionIds.add(context.getEndpointDetails().getLocalAddress());
                    return EntityUtils.toString(response.getEntity());
                });
            }
            assertThat(connectionIds.get(1)).isEqualTo(connectionIds.get(0));
            assertThat(connectionIds.get(2)).isNotEqualTo(connectionIds.get(1));
            assertThat(connectionIds.get(3)).isEqualTo(connectionIds.get(2));
            assertThat(connectionIds.get(4)).isNotEqualTo(connectionIds.get(3));
        }
    }
}
