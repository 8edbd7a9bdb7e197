package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.pool.QueuePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncClientTest {

    private final EchoServer server = new EchoServer();
    private final ConnectionPoolManager manager = ConnectionPoolManager.create();

    @AfterEach
    void nothingIsLeft() {
        server.gate.countDown();
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(10));
        server.close();
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
        assertThat(report.failures()).isEmpty();
    }

    private WeirHttpBuilder builder() {
        return WeirHttp.builder().name("async").manager(manager);
    }

    private static CloseableHttpAsyncClient client(WeirAsyncConnectionManager connections) {
        CloseableHttpAsyncClient client = HttpAsyncClients.custom()
                .setConnectionManager(connections)
                .disableAutomaticRetries()
                .build();
        client.start();
        return client;
    }

    private Future<SimpleHttpResponse> get(CloseableHttpAsyncClient client, String path) {
        return client.execute(SimpleRequestBuilder.get(server.uri(path)).build(), null);
    }

    @Test
    void manyRequestsShareFewConnections() throws Exception {
        WeirAsyncConnectionManager connections =
                builder().settings(s -> s.max(3).maxWaiters(1000)).buildAsync();
        try (CloseableHttpAsyncClient client = client(connections)) {
            List<Future<SimpleHttpResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                answers.add(get(client, "/" + i));
            }
            for (int i = 0; i < 300; i++) {
                assertThat(answers.get(i).get(30, TimeUnit.SECONDS).getBodyText())
                        .isEqualTo("/" + i);
            }
            assertThat(server.mostAtWork.get()).isLessThanOrEqualTo(3);
            assertThat(connections.snapshot().totals().leases()).isEqualTo(300);
            await().untilAsserted(
                            () -> assertThat(connections.snapshot().leased()).isZero());
        }
    }

    @Test
    void waitsTimeOutAndAFullQueueTurnsAway() throws Exception {
        WeirAsyncConnectionManager connections = builder()
                .settings(s -> s.max(1)
                        .maxWaiters(1)
                        .queuePolicy(QueuePolicy.REJECT_NEWEST)
                        .acquireTimeout(Duration.ofSeconds(1)))
                .buildAsync();
        try (CloseableHttpAsyncClient client = client(connections)) {
            CountDownLatch gate = server.closeGate();
            Future<SimpleHttpResponse> holder = get(client, "/gated");
            await().until(() -> server.atWork.get() == 1);
            Future<SimpleHttpResponse> waiter = get(client, "/waits");
            await().until(() -> connections.snapshot().waiting() == 1);
            assertThatThrownBy(() -> get(client, "/newest").get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("Connection queue full");
            assertThatThrownBy(() -> waiter.get(5, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(ConnectionRequestTimeoutException.class)
                    .hasMessageContaining("No connection within");
            gate.countDown();
            assertThat(holder.get(5, TimeUnit.SECONDS).getBodyText()).isEqualTo("/gated");
        }
    }

    @Test
    void aCancelledRequestLeavesTheQueue() throws Exception {
        WeirAsyncConnectionManager connections =
                builder().settings(s -> s.max(1)).buildAsync();
        try (CloseableHttpAsyncClient client = client(connections)) {
            CountDownLatch gate = server.closeGate();
            Future<SimpleHttpResponse> holder = get(client, "/gated");
            await().until(() -> server.atWork.get() == 1);
            Future<SimpleHttpResponse> waiter = get(client, "/waits");
            await().until(() -> connections.snapshot().waiting() == 1);
            waiter.cancel(true);
            await().until(() -> connections.snapshot().waiting() == 0);
            gate.countDown();
            assertThat(holder.get(5, TimeUnit.SECONDS).getBodyText()).isEqualTo("/gated");
            assertThat(get(client, "/then").get(5, TimeUnit.SECONDS).getBodyText())
                    .isEqualTo("/then");
        }
    }

    @Test
    void aShutdownAbortsWhatDoesNotDrain() throws Exception {
        WeirAsyncConnectionManager connections = builder().buildAsync();
        try (CloseableHttpAsyncClient client = client(connections)) {
            server.closeGate();
            Future<SimpleHttpResponse> holder = get(client, "/gated");
            await().until(() -> server.atWork.get() == 1);
            ShutdownReport report = manager.shutdown(Duration.ofSeconds(1));
            assertThat(report.aborted()).isEqualTo(1);
            assertThat(report.connectionsLeft()).isZero();
            assertThat(report.bytesLeft()).isZero();
            assertThatThrownBy(() -> holder.get(5, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() -> get(client, "/after").get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("shut down");
        }
    }
}
