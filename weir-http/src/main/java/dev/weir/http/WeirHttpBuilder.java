package dev.weir.http;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.nio.H2SharingConnPool;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.pool.ManagedConnPool;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a pool of HTTP connections. What is not set is as in {@link PoolSettings#shared()}, with no minimum.
 * Problems are found when something is built, all at once. Not thread-safe.
 */
public final class WeirHttpBuilder {

    /** The JDK's {@code jdk.httpclient.bufsize}. */
    private static final int JDK_BUFFER = 16 * 1024;

    final List<Consumer<PoolSettings.Builder>> changes = new ArrayList<>();

    int maxTotal = 25;

    int maxRoutes = 200;

    @Nullable String name;

    @Nullable PoolEnvironment environment;

    @Nullable ConnectionPoolManager manager;

    private List<String> dependencies = List.of();
    private @Nullable TlsSocketStrategy tlsSocketStrategy;
    private @Nullable TlsStrategy tlsStrategy;
    private @Nullable DnsResolver dnsResolver;
    private @Nullable SchemePortResolver schemePortResolver;
    private Http1Config http1 = Http1Config.DEFAULT;
    private boolean multiplexing;

    WeirHttpBuilder() {}

    /** Names the pool in events, logs and reports; the default is a number. */
    public WeirHttpBuilder name(String value) {
        name = value;
        return this;
    }

    /**
     * Changes settings of the engine, for each route: {@code max} is the most connections to one route. May be called several
     * times.
     */
    public WeirHttpBuilder settings(Consumer<PoolSettings.Builder> change) {
        changes.add(change);
        return this;
    }

    /** The most connections to all routes together; 25 where nothing is said, as in the library. */
    public WeirHttpBuilder maxTotal(int value) {
        maxTotal = value;
        return this;
    }

    /** The most routes kept at once, at most {@link HttpSettings#MOST_ROUTES}; 200 where nothing is said. */
    public WeirHttpBuilder maxRoutes(int value) {
        maxRoutes = value;
        return this;
    }

    /**
     * Puts the pool under a manager: into its memory account, its histories, its alerts and its shutdown. Closing the pool takes
     * it out again. The {@link #name} must be free there.
     *
     * @param dependsOn pools of the manager that answers to this one's requests need; they are shut down after it
     */
    public WeirHttpBuilder manager(ConnectionPoolManager value, String... dependsOn) {
        manager = value;
        dependencies = List.of(dependsOn);
        return this;
    }

    /** Where the pool tells its events and is granted its memory; time and threads are always the process's own. */
    public WeirHttpBuilder environment(PoolEnvironment value) {
        environment = value;
        return this;
    }

    /** How the classic client secures its connections; the default is the library's. */
    public WeirHttpBuilder tls(TlsSocketStrategy value) {
        tlsSocketStrategy = value;
        return this;
    }

    /** How the asynchronous client secures its connections; the default is the library's. */
    public WeirHttpBuilder tls(TlsStrategy value) {
        tlsStrategy = value;
        return this;
    }

    /** How Apache's clients resolve names; the default is the system's way. */
    public WeirHttpBuilder dnsResolver(DnsResolver value) {
        dnsResolver = value;
        return this;
    }

    /** How Apache's clients find the port of a URI without one. */
    public WeirHttpBuilder schemePortResolver(SchemePortResolver value) {
        schemePortResolver = value;
        return this;
    }

    /** The classic client's limits and buffers of HTTP/1.1. */
    public WeirHttpBuilder http1(Http1Config value) {
        http1 = value;
        return this;
    }

    /** Whether requests of the asynchronous client share HTTP/2 connections; experimental in the library, and off. */
    public WeirHttpBuilder multiplexing(boolean value) {
        multiplexing = value;
        return this;
    }

    /**
     * The settings as they stand.
     *
     * @throws InvalidSettingsException listing every problem with its mend
     */
    public HttpSettings settings() {
        return SettingsCheck.of(this);
    }

    /**
     * Opens a pool for Apache's classic client.
     *
     * @throws InvalidSettingsException listing every problem with its mend
     * @throws IllegalArgumentException if the manager has a pool of that name
     * @throws IllegalStateException if the manager is shut down or full, or the budget has no room for the floor
     */
    public WeirConnectionManager buildClassic() {
        ConnectionBytes sizes = new ConnectionBytes(http1.getBufferSize());
        RouteEntryPool<ManagedHttpClientConnection> pool = open(new ClassicCare(sizes), sizes);
        TlsSocketStrategy tls = tlsSocketStrategy;
        return new WeirConnectionManager(
                new DefaultHttpClientConnectionOperator(
                        schemePortResolver,
                        dnsResolver,
                        RegistryBuilder.<TlsSocketStrategy>create()
                                .register("https", tls == null ? DefaultClientTlsStrategy.createDefault() : tls)
                                .build()),
                pool,
                new ClassicConnections(http1));
    }

    /**
     * Opens a pool for Apache's asynchronous client.
     *
     * @throws InvalidSettingsException listing every problem with its mend
     * @throws IllegalArgumentException if the manager has a pool of that name
     * @throws IllegalStateException if the manager is shut down or full, or the budget has no room for the floor
     */
    public WeirAsyncConnectionManager buildAsync() {
        ConnectionBytes sizes = new ConnectionBytes(http1.getBufferSize());
        RouteEntryPool<ManagedAsyncClientConnection> pool = open(new AsyncCare(sizes), sizes);
        ManagedConnPool<HttpRoute, ManagedAsyncClientConnection> facade =
                multiplexing ? new H2SharingConnPool<>(pool) : pool;
        TlsStrategy tls = tlsStrategy;
        return new WeirAsyncConnectionManager(
                facade,
                pool,
                new AsyncConnectionOperator(
                        RegistryBuilder.<TlsStrategy>create()
                                .register("https", tls == null ? DefaultClientTlsStrategy.createDefault() : tls)
                                .build(),
                        schemePortResolver,
                        dnsResolver));
    }

    /**
     * Bounds the requests of a client of the JDK's.
     *
     * @throws InvalidSettingsException listing every problem with its mend
     * @throws IllegalArgumentException if the manager has a pool of that name
     * @throws IllegalStateException if the manager is shut down or full, or the budget has no room for the floor
     */
    public WeirHttpClient govern(HttpClient client) {
        PermitKind kind = new PermitKind(new ConnectionBytes(JDK_BUFFER), permits -> {});
        RoutePools<Origin, Permit> pools = new RoutePools<>(settings(), kind, sharedEnvironment());
        GovernedRequests requests = new GovernedRequests(pools);
        return new WeirHttpClient(client, requests, join(pools));
    }

    private <C extends HttpConnection> RouteEntryPool<C> open(ConnectionCare<C> care, ConnectionBytes sizes) {
        PlaceKind<C> kind = new PlaceKind<>(care, sizes);
        RoutePools<HttpRoute, Place<C>> pools = new RoutePools<>(settings(), kind, sharedEnvironment());
        return new RouteEntryPool<>(pools, kind, join(pools));
    }

    PoolEnvironment sharedEnvironment() {
        if (manager != null) {
            return manager.environment();
        }
        return environment == null ? PoolEnvironment.of(new EventStream(), MemoryBudget.unlimited()) : environment;
    }

    PoolEnd join(ManagedPool pools) {
        ConnectionPoolManager joined = manager;
        if (joined != null) {
            try {
                joined.register(pools, dependencies.toArray(String[]::new));
            } catch (RuntimeException refused) {
                new PoolEnd(pools, null).run(Duration.ZERO);
                throw refused;
            }
        }
        return new PoolEnd(pools, joined);
    }
}
