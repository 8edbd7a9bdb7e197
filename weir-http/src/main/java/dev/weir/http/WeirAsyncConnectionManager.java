package dev.weir.http;

import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.ConnectionShutdownException;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.nio.AsyncClientConnectionOperator;
import org.apache.hc.client5.http.nio.AsyncConnectionEndpoint;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.concurrent.CallbackContribution;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.ManagedConnPool;
import org.apache.hc.core5.reactor.ConnectionInitiator;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The connection manager for Apache's asynchronous client whose connections are kept by Weir; see {@link
 * WeirConnectionManager}. Requests wait without a thread. With message multiplexing, requests share the HTTP/2 connections
 * that are lent already, and only those that open another one come to the pool.
 */
public final class WeirAsyncConnectionManager extends PoolingAsyncClientConnectionManager {

    private final RouteEntryPool<ManagedAsyncClientConnection> pool;
    private final boolean shared;

    WeirAsyncConnectionManager(
            ManagedConnPool<HttpRoute, ManagedAsyncClientConnection> facade,
            RouteEntryPool<ManagedAsyncClientConnection> pool,
            AsyncClientConnectionOperator operator) {
        super(facade, operator);
        this.pool = pool;
        this.shared = facade != pool;
    }

    @Override
    public Future<AsyncConnectionEndpoint> lease(
            String id,
            HttpRoute route,
            @Nullable Object state,
            Timeout requestTimeout,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        if (shared) {
            // One lease may stand behind several handles, so no single one tells whether it is lost.
            return super.lease(id, route, state, requestTimeout, callback);
        }
        AsyncLease<ManagedAsyncClientConnection> lease = new AsyncLease<>(state);
        return super.lease(id, route, lease, requestTimeout, new CallbackContribution<>(callback) {
            @Override
            public void completed(AsyncConnectionEndpoint endpoint) {
                lease.heldBy(endpoint);
                callback.completed(endpoint);
            }
        });
    }

    /** Connects, unless a shutdown has taken the connection's place back, or does so meanwhile. */
    @Override
    public Future<AsyncConnectionEndpoint> connect(
            AsyncConnectionEndpoint endpoint,
            ConnectionInitiator initiator,
            @Nullable Timeout timeout,
            @Nullable Object attachment,
            HttpContext context,
            FutureCallback<AsyncConnectionEndpoint> callback) {
        if (pool.pools().isAborted()) {
            ConnectionShutdownException ended = new ConnectionShutdownException();
            callback.failed(ended);
            return CompletableFuture.failedFuture(ended);
        }
        return super.connect(endpoint, initiator, timeout, attachment, context, new CallbackContribution<>(callback) {
            @Override
            public void completed(AsyncConnectionEndpoint connected) {
                if (pool.pools().isAborted()) {
                    connected.close(CloseMode.IMMEDIATE);
                    callback.failed(new ConnectionShutdownException());
                } else {
                    callback.completed(connected);
                }
            }
        });
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
