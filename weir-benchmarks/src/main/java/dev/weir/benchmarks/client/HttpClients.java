package dev.weir.benchmarks.client;

import dev.weir.http.WeirHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.Timeout;

/** Apache HttpClient's classic client, on Weir's pool and on the two that come with it. */
public final class HttpClients {

    /** All, by id. */
    public static final List<String> ALL = List.of("weir-httpclient", "httpclient-strict", "httpclient-lax");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private HttpClients() {}

    /**
     * Opens one.
     *
     * @param id one of {@link #ALL}
     * @param server that answers every request with {@link TinyServer#BODY}
     * @param size connections
     */
    public static OpenClient open(String id, URI server, int size) {
        HttpClientConnectionManager connections = switch (id) {
            case "weir-httpclient" ->
                WeirHttp.builder()
                        .settings(settings ->
                                settings.max(size).maxWaiters(20_000).acquireTimeout(PATIENCE))
                        .maxTotal(size)
                        .buildClassic();
            case "httpclient-strict" -> own(PoolConcurrencyPolicy.STRICT, size);
            case "httpclient-lax" -> own(PoolConcurrencyPolicy.LAX, size);
            default -> throw new IllegalArgumentException("no HTTP client is called " + id);
        };
        CloseableHttpClient client = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .build())
                .build();
        return new OpenClient() {
            @Override
            public void request(int number) throws Exception {
                String body =
                        client.execute(new HttpGet(server), response -> EntityUtils.toString(response.getEntity()));
                if (!body.equals(TinyServer.BODY)) {
                    throw new IllegalStateException("another answer than the server gave: " + body);
                }
            }

            @Override
            public void close() throws IOException {
                client.close();
            }
        };
    }

    private static HttpClientConnectionManager own(PoolConcurrencyPolicy policy, int size) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(policy)
                .setMaxConnPerRoute(size)
                .setMaxConnTotal(size)
                .build();
    }
}
