package dev.weir.http;

import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.ConnectionShutdownException;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The connection manager for Apache's classic client whose connections are kept by Weir.
 *
 * <pre>{@code
 * WeirConnectionManager connections = WeirHttp.builder().name("api").settings(s -> s.max(8)).buildClassic();
 * try (CloseableHttpClient client = HttpClients.custom().setConnectionManager(connections).build()) {
 *     ...
 * }
 * }</pre>
 *
 * <p>Everything above the pool is the library's, and so are its timeouts of connecting and answering. A request waits for a
 * connection at most as long as its own {@code connectionRequestTimeout} and as the acquire timeout. Thread-safe.
 */
public final class WeirConnectionManager extends PoolingHttpClientConnectionManager {

    private final RouteEntryPool<ManagedHttpClientConnection> pool;

    WeirConnectionManager(
            HttpClientConnectionOperator operator,
            RouteEntryPool<ManagedHttpClientConnection> pool,
            HttpConnectionFactory<ManagedHttpClientConnection> factory) {
        super(operator, pool, factory);
        this.pool = pool;
    }

    @Override
    public LeaseRequest lease(String id, HttpRoute route, Timeout requestTimeout, @Nullable Object state) {
        BlockingLease<ManagedHttpClientConnection> lease = new BlockingLease<>(state);
        LeaseRequest request = super.lease(id, route, requestTimeout, lease);
        return new LeaseRequest() {
            @Override
            public ConnectionEndpoint get(Timeout timeout)
                    throws InterruptedException, ExecutionException, TimeoutException {
                ConnectionEndpoint endpoint = request.get(timeout);
                lease.heldBy(endpoint);
                return endpoint;
            }

            @Override
            public boolean cancel() {
                return request.cancel();
            }
        };
    }

    /** Connects, unless a shutdown has taken the connection's place back, or does so meanwhile. */
    @Override
    public void connect(ConnectionEndpoint endpoint, @Nullable TimeValue timeout, HttpContext context)
            throws IOException {
        requireNotAborted(endpoint);
        super.connect(endpoint, timeout, context);
        requireNotAborted(endpoint);
    }

    private void requireNotAborted(ConnectionEndpoint endpoint) {
        if (pool.pools().isAborted()) {
            endpoint.close(CloseMode.IMMEDIATE);
            throw new ConnectionShutdownException();
        }
    }

    /** What the pool looks like now, over all routes. */
    public PoolSnapshot snapshot() {
        return pool.pools().snapshot();
    }

    /** What each route's pool looks like now. */
    public List<PoolSnapshot> routeSnapshots() {
        return pool.pools().routeSnapshots();
    }

    /**
     * Swaps the settings of every route while the pool runs.
     *
     * @throws IllegalStateException if the budget has no room for a higher floor; then nothing changes
     */
    public void reconfigure(PoolSettings perRoute) {
        pool.pools().reconfigure(perRoute);
    }

    /**
     * Ends the pool: turns requests away, waits for connections at work, and aborts what has not come back by then. {@link
     * #close()} is the same without the wait, as in the library's own pools.
     *
     * @param drain how long to wait
     */
    public void close(Duration drain) {
        pool.end().run(drain);
        close(CloseMode.IMMEDIATE);
    }
}
