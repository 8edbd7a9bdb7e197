package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.ConnectionPoolManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP/2 is the library's; its connections live in Weir's pool like any other, and may be shared by requests. */
class Http2Test {

    private final ConnectionPoolManager manager = ConnectionPoolManager.create();
    private Http2Server server;

    @BeforeEach
    void start() throws Exception {
        server = new Http2Server();
    }

    @AfterEach
    void nothingIsLeft() {
        server.gate.countDown();
        var report = manager.shutdown(Duration.ofSeconds(10));
        server.close();
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
    }

    private WeirHttpBuilder builder() {
        return WeirHttp.builder().name("http2").manager(manager);
    }

    private static CloseableHttpAsyncClient client(WeirAsyncConnectionManager connections) {
        connections.setDefaultTlsConfig(TlsConfig.custom()
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                .build());
        CloseableHttpAsyncClient client =
                HttpAsyncClients.custom().setConnectionManager(connections).build();
        client.start();
        return client;
    }

    private List<Future<SimpleHttpResponse>> get(CloseableHttpAsyncClient client, String path, int requests) {
        List<Future<SimpleHttpResponse>> answers = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            answers.add(client.execute(
                    SimpleRequestBuilder.get(server.uri(path + i)).build(), null));
        }
        return answers;
    }

    private static void check(List<Future<SimpleHttpResponse>> answers, String path) throws Exception {
        for (int i = 0; i < answers.size(); i++) {
            SimpleHttpResponse answer = answers.get(i).get(20, TimeUnit.SECONDS);
            assertThat(answer.getVersion()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(answer.getBodyText()).isEqualTo(path + i);
        }
    }

    @Test
    void eachRequestHasAConnectionOfItsOwnUnlessTheyMultiplex() throws Exception {
        WeirAsyncConnectionManager connections =
                builder().settings(s -> s.max(2)).buildAsync();
        try (CloseableHttpAsyncClient client = client(connections)) {
            List<Future<SimpleHttpResponse>> held = get(client, "/hold/", 6);
            await().until(() -> server.atWork.get() == 2);
            assertThat(connections.snapshot().leased()).isEqualTo(2);
            assertThat(connections.snapshot().waiting()).isEqualTo(4);
            server.gate.countDown();
            check(held, "/hold/");
            check(get(client, "/", 40), "/");
            assertThat(connections.snapshot().totals().opened()).isEqualTo(2);
        }
    }

    @Test
    void requestsShareAConnectionWhereTheyMultiplex() throws Exception {
        WeirAsyncConnectionManager connections =
                builder().multiplexing(true).settings(s -> s.max(2)).buildAsync();
        try (CloseableHttpAsyncClient client = client(connections)) {
            // The library shares a connection that is lent, once it has found it to speak HTTP/2.
            check(get(client, "/", 1), "/");
            List<Future<SimpleHttpResponse>> first = get(client, "/hold/first", 1);
            await().until(() -> server.atWork.get() == 1);
            List<Future<SimpleHttpResponse>> held = get(client, "/hold/", 20);
            await().until(() -> server.atWork.get() == 21);
            assertThat(connections.snapshot().size()).isBetween(1, 2);
            server.gate.countDown();
            check(first, "/hold/first");
            check(held, "/hold/");
            assertThat(connections.snapshot().totals().opened()).isBetween(1L, 2L);
        }
    }

    @Test
    void aConnectionThatRestedIsAskedByPing() throws Exception {
        WeirAsyncConnectionManager connections = builder()
                .settings(s -> s.max(1).healthCheckInterval(Duration.ofMillis(200)))
                .buildAsync();
        try (CloseableHttpAsyncClient client = client(connections)) {
            check(get(client, "/", 1), "/");
            await().until(() -> server.pings.get() > 1);
            check(get(client, "/", 3), "/");
            assertThat(connections.snapshot().totals().opened()).isEqualTo(1);
        }
    }
}
