package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.ConnectionPoolManager;
import dev.weir.pool.ManagedPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS is the library's; the pool keeps the secured connections, and knows that they are larger. */
class TlsTest {

    private static final long PLAIN = new ConnectionBytes(8192).of(null);

    private final ConnectionPoolManager manager = ConnectionPoolManager.create();
    private SSLContext tls;
    private EchoServer server;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        tls = SelfSigned.context(directory);
        server = new EchoServer(tls);
    }

    @AfterEach
    void nothingIsLeft() {
        var report = manager.shutdown(Duration.ofSeconds(10));
        server.close();
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
    }

    private ManagedPool.MeasuredConnections measured() {
        return manager.pool("secure").orElseThrow().measuredConnections();
    }

    @Test
    void theClassicClientReusesSecuredConnections() throws Exception {
        WeirConnectionManager connections = WeirHttp.builder()
                .name("secure")
                .manager(manager)
                .tls((TlsSocketStrategy) new DefaultClientTlsStrategy(tls))
                .buildClassic();
        try (CloseableHttpClient client =
                HttpClients.custom().setConnectionManager(connections).build()) {
            for (int i = 0; i < 10; i++) {
                String tag = "/" + i;
                assertThat(client.<String>execute(
                                new HttpGet(server.uri(tag)), answer -> EntityUtils.toString(answer.getEntity())))
                        .isEqualTo(tag);
            }
            assertThat(connections.snapshot().totals().opened()).isEqualTo(1);
            assertThat(measured().connections()).isEqualTo(1);
            assertThat(measured().bytes()).isGreaterThan(2 * PLAIN);
            await().untilAsserted(() -> assertThat(manager.budget().grantedBytes())
                    .isEqualTo(measured().bytes()));
        }
    }

    @Test
    void theAsynchronousClientReusesSecuredConnections() throws Exception {
        WeirAsyncConnectionManager connections = WeirHttp.builder()
                .name("secure")
                .manager(manager)
                .settings(s -> s.max(2))
                .tls((TlsStrategy) new DefaultClientTlsStrategy(tls))
                .buildAsync();
        try (CloseableHttpAsyncClient client =
                HttpAsyncClients.custom().setConnectionManager(connections).build()) {
            client.start();
            List<Future<SimpleHttpResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                answers.add(client.execute(
                        SimpleRequestBuilder.get(server.uri("/" + i)).build(), null));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(answers.get(i).get(20, TimeUnit.SECONDS).getBodyText())
                        .isEqualTo("/" + i);
            }
            assertThat(server.mostAtWork.get()).isLessThanOrEqualTo(2);
            assertThat(connections.snapshot().totals().opened()).isLessThanOrEqualTo(3);
            assertThat(measured().connections()).isPositive();
            assertThat(measured().bytes()).isGreaterThan(2 * PLAIN * measured().connections());
        }
    }
}
