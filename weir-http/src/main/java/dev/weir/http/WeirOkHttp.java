package dev.weir.http;

import dev.weir.pool.PoolSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * OkHttp under Weir's bounds: its dispatcher and its connection pool are set from the same settings, its requests in flight are
 * bounded per origin and in total with Weir's bounded waiting, and when the memory budget calls a share back its idle connections
 * are evicted. What OkHttp lets nobody bound is said in {@code docs/http.md}. Thread-safe.
 */
public final class WeirOkHttp implements AutoCloseable {

    private final OkHttpClient client;
    private final GovernedRequests requests;
    private final PoolEnd end;

    private WeirOkHttp(OkHttpClient client, GovernedRequests requests, PoolEnd end) {
        this.client = client;
        this.requests = requests;
        this.end = end;
    }

    /**
     * Governs a client that is like {@code base} in everything else; {@code base} itself is left alone.
     *
     * @throws dev.weir.pool.InvalidSettingsException listing every problem with its mend
     * @throws IllegalArgumentException if the manager has a pool of that name
     * @throws IllegalStateException if the manager is shut down or full, or the budget has no room for the floor
     */
    public static WeirOkHttp govern(OkHttpClient base, WeirHttpBuilder builder) {
        HttpSettings settings = builder.settings();
        long keepAlive = settings.perRoute().idleTimeout().toNanos();
        ConnectionPool connections = new ConnectionPool(
                settings.maxTotal(), keepAlive == 0 ? Long.MAX_VALUE : keepAlive, TimeUnit.NANOSECONDS);
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(settings.maxTotal());
        dispatcher.setMaxRequestsPerHost(settings.perRoute().max());
        PermitKind kind = new PermitKind(OkHttpExchange.SIZES, permits -> {
            if (connections.connectionCount() > permits) {
                connections.evictAll();
            }
        });
        RoutePools<Origin, Permit> pools = new RoutePools<>(settings, kind, builder.sharedEnvironment());
        GovernedPool member = new GovernedPool(
                pools,
                connections::connectionCount,
                connections::evictAll,
                () -> dispatcher.executorService().shutdown());
        GovernedRequests requests = new GovernedRequests(pools);
        PoolEnd end = builder.join(member);
        OkHttpClient client = base.newBuilder()
                .dispatcher(dispatcher)
                .connectionPool(connections)
                .addInterceptor(new OkHttpExchange(requests))
                .build();
        return new WeirOkHttp(client, requests, end);
    }

    /** The client to use, and to derive others from by {@link OkHttpClient#newBuilder()}, which share its bounds. */
    public OkHttpClient client() {
        return client;
    }

    /** Connections that OkHttp has, idle ones included. */
    public int connections() {
        return client.connectionPool().connectionCount();
    }

    /** Connections that OkHttp keeps idle. */
    public int idleConnections() {
        return client.connectionPool().idleConnectionCount();
    }

    /** What the requests look like now, over all origins: a leased connection is a request in flight. */
    public PoolSnapshot snapshot() {
        return requests.pools().snapshot();
    }

    /** What each origin's requests look like now. */
    public List<PoolSnapshot> originSnapshots() {
        return requests.pools().routeSnapshots();
    }

    /** Turns new requests away, stops those in flight, closes all connections and ends the dispatcher's threads. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /**
     * Turns new requests away, waits for those in flight, and stops what is still there.
     *
     * @param drain how long to wait
     */
    public void close(Duration drain) {
        end.run(drain);
    }
}
