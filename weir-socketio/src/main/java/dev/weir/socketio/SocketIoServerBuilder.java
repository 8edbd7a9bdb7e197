package dev.weir.socketio;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.PoolEnvironment;
import dev.weir.socketio.codec.JacksonAdapter;
import dev.weir.socketio.codec.JsonAdapter;
import io.netty.handler.ssl.SslContext;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Configures and starts a {@link SocketIoServer}. For one thread. What is wrong is told when the server starts, all of
 * it at once.
 */
public final class SocketIoServerBuilder {

    /** Under {@link Overflow#CLOSE}, how many times {@link #maxOutboundBytes} may wait for a moment. */
    public static final int BURST = 4;

    String name = "socketio";
    String host = "127.0.0.1";
    int port = 3000;
    String path = "/socket.io/";
    int maxPayload = 256 * 1024;
    int maxAttachments = 10;
    int maxAttachmentBytes = 1024 * 1024;
    int maxPacketsPerSecond = 50_000;
    long maxBytesPerSecond = 32L * 1024 * 1024;
    int maxQueuedPackets = 1024;
    long maxQueuedBytes = 1024L * 1024;
    int maxHeaderBytes = 8 * 1024;
    int maxConnections = 20_000;
    int maxConnectionsPerAddress = 1_000;
    int maxTrackedAddresses = 1_000;
    int maxHandshakes = 1_000;
    int maxNamespaces = 64;
    int maxRooms = 10_000;
    int maxPendingAcks = 1_024;
    int backlog = 1024;
    int sendBuffer = 256 * 1024;
    int loops = Runtime.getRuntime().availableProcessors();
    int retryAfterSeconds = 5;
    int shutdownPace = 2_000;
    Duration pingInterval = Duration.ofSeconds(15);
    Duration pingTimeout = Duration.ofSeconds(30);
    Duration upgradeTimeout = Duration.ofSeconds(10);
    Duration connectTimeout = Duration.ofSeconds(45);
    Duration requestTimeout = Duration.ofSeconds(10);
    Duration ackTimeout = Duration.ofSeconds(30);
    Duration middlewareTimeout = Duration.ofSeconds(20);
    Duration slowReaderTimeout = Duration.ofSeconds(10);
    boolean deflate = false;
    boolean proxyProtocol = false;
    long maxOutboundBytes = 1024L * 1024;
    long maxServerBytes = 256L * 1024 * 1024;
    long floorBytes;
    Overflow overflow = Overflow.CLOSE;
    boolean polling = true;
    boolean webSocket = true;
    boolean msgpack;
    boolean skipMiddlewaresOnRecovery = true;
    Duration recoveryAge = Duration.ZERO;
    long recoveryBytes = 4L * 1024 * 1024;
    int recoverySessions = 10_000;

    @Nullable String cookie;

    @Nullable Cors cors;

    @Nullable RequestFilter filter;

    @Nullable WebHandler pages;

    @Nullable SslContext tls;

    List<String> trustedProxies = List.of();
    JsonAdapter json = new JacksonAdapter();

    @Nullable Executor executor;

    @Nullable AdapterFactory adapter;

    @Nullable ConnectionPoolManager manager;

    List<String> dependencies = List.of();

    @Nullable PoolEnvironment environment;

    SocketIoServerBuilder() {}

    /** The name of this server in a manager, in events and reports; the default is {@code socketio}. */
    public SocketIoServerBuilder name(String value) {
        name = value;
        return this;
    }

    /** The address to listen on; the default is loopback, {@code 127.0.0.1}. {@code 0.0.0.0} is every address. */
    public SocketIoServerBuilder host(String value) {
        host = value;
        return this;
    }

    /** The port to listen on; 0: the system chooses one. The default is 3000. */
    public SocketIoServerBuilder port(int value) {
        port = value;
        return this;
    }

    /** The path of the requests that are Engine.IO's; the default is {@code /socket.io/}. */
    public SocketIoServerBuilder path(String value) {
        path = value;
        return this;
    }

    /** The largest message, and the largest body of a polling request, in bytes; the default is 256 KiB. */
    public SocketIoServerBuilder maxPayload(int value) {
        maxPayload = value;
        return this;
    }

    /** The most binary attachments of a packet; the default is 10. */
    public SocketIoServerBuilder maxAttachments(int value) {
        maxAttachments = value;
        return this;
    }

    /** The most bytes that the attachments of a packet may have together; the default is 1 MiB. */
    public SocketIoServerBuilder maxAttachmentBytes(int value) {
        maxAttachmentBytes = value;
        return this;
    }

    /**
     * The most packets, frames of any kind among them, that a client may send in a second; twice as many at once are
     * let pass. The default is 50,000.
     */
    public SocketIoServerBuilder maxPacketsPerSecond(int value) {
        maxPacketsPerSecond = value;
        return this;
    }

    /** The most bytes that a client may send in a second; twice as many at once are let pass. The default is 32 MiB. */
    public SocketIoServerBuilder maxBytesPerSecond(long value) {
        maxBytesPerSecond = value;
        return this;
    }

    /**
     * Events that may wait for a client's handlers; beyond that the server reads nothing from the client until half
     * of them are done. The default is 1,024.
     */
    public SocketIoServerBuilder maxQueuedPackets(int value) {
        maxQueuedPackets = value;
        return this;
    }

    /** Bytes of events that may wait for a client's handlers, as {@link #maxQueuedPackets}. The default is 1 MiB. */
    public SocketIoServerBuilder maxQueuedBytes(long value) {
        maxQueuedBytes = value;
        return this;
    }

    /** The longest request line, and the most bytes of headers; the default is 8 KiB. */
    public SocketIoServerBuilder maxHeaderBytes(int value) {
        maxHeaderBytes = value;
        return this;
    }

    /** The most sessions; more are answered with 503. The default is 20,000. */
    public SocketIoServerBuilder maxConnections(int value) {
        maxConnections = value;
        return this;
    }

    /**
     * The most sessions of one address, an IPv6 client's being its /64; more are answered with 429. Zero: any
     * number. The default is 1,000. Behind a proxy all clients have the proxy's address, unless it is named by
     * {@link #trustedProxies}.
     */
    public SocketIoServerBuilder maxConnectionsPerAddress(int value) {
        maxConnectionsPerAddress = value;
        return this;
    }

    /**
     * The most addresses that are counted each by itself; the default is 1,000. With more at once, further ones are
     * counted in shared counters.
     */
    public SocketIoServerBuilder maxTrackedAddresses(int value) {
        maxTrackedAddresses = value;
        return this;
    }

    /** The most connections that have not made their first request; more are closed. The default is 1,000. */
    public SocketIoServerBuilder maxHandshakes(int value) {
        maxHandshakes = value;
        return this;
    }

    /** The most namespaces that one client may be in; the default is 64. */
    public SocketIoServerBuilder maxNamespaces(int value) {
        maxNamespaces = value;
        return this;
    }

    /** The most rooms that one socket may be in; the default is 10,000. */
    public SocketIoServerBuilder maxRooms(int value) {
        maxRooms = value;
        return this;
    }

    /** The most answers that may be awaited from one socket; the default is 1,024. */
    public SocketIoServerBuilder maxPendingAcks(int value) {
        maxPendingAcks = value;
        return this;
    }

    /** Connections that the system may hold before they are accepted; the default is 1,024. */
    public SocketIoServerBuilder backlog(int value) {
        backlog = value;
        return this;
    }

    /**
     * The kernel's send buffer of a connection in bytes; zero: as the system likes, which may be 4 MB. The default
     * is 256 KiB.
     */
    public SocketIoServerBuilder sendBuffer(int value) {
        sendBuffer = value;
        return this;
    }

    /** Event loops, one thread each; the default is the number of processors. */
    public SocketIoServerBuilder loops(int value) {
        loops = value;
        return this;
    }

    /** What a refused client is told to wait, in seconds; the default is 5. */
    public SocketIoServerBuilder retryAfterSeconds(int value) {
        retryAfterSeconds = value;
        return this;
    }

    /**
     * Clients that are disconnected a second in a shutdown, so that they do not all come back at once; the default
     * is 2,000.
     */
    public SocketIoServerBuilder shutdownPace(int value) {
        shutdownPace = value;
        return this;
    }

    /** How often a client is pinged; the default is 15 s. */
    public SocketIoServerBuilder pingInterval(Duration value) {
        pingInterval = value;
        return this;
    }

    /** How long the answer to a ping may take; the default is 30 s. */
    public SocketIoServerBuilder pingTimeout(Duration value) {
        pingTimeout = value;
        return this;
    }

    /** How long an upgrade to WebSocket may take; the default is 10 s. */
    public SocketIoServerBuilder upgradeTimeout(Duration value) {
        upgradeTimeout = value;
        return this;
    }

    /** How long a client may stay without entering a namespace; the default is 45 s. */
    public SocketIoServerBuilder connectTimeout(Duration value) {
        connectTimeout = value;
        return this;
    }

    /** How long a request may take to arrive; the default is 10 s. */
    public SocketIoServerBuilder requestTimeout(Duration value) {
        requestTimeout = value;
        return this;
    }

    /** How long an answer is awaited where nothing else is said; the default is 30 s. */
    public SocketIoServerBuilder ackTimeout(Duration value) {
        ackTimeout = value;
        return this;
    }

    /** How long a middleware added by {@link Namespace#useAsync} may take to decide; the default is 20 s. */
    public SocketIoServerBuilder middlewareTimeout(Duration value) {
        middlewareTimeout = value;
        return this;
    }

    /**
     * How long a client may take nothing of what waits for it, or, under {@link Overflow#CLOSE}, have more waiting
     * than {@link #maxOutboundBytes}, before it is closed; the default is 10 s.
     */
    public SocketIoServerBuilder slowReaderTimeout(Duration value) {
        slowReaderTimeout = value;
        return this;
    }

    /**
     * Whether messages over WebSocket are compressed where the client can; off by default, for it costs up to 300 kB
     * a client.
     */
    public SocketIoServerBuilder deflate(boolean value) {
        deflate = value;
        return this;
    }

    /** Whether trusted proxies begin connections with the PROXY protocol, version 1 or 2; off by default. */
    public SocketIoServerBuilder proxyProtocol(boolean value) {
        proxyProtocol = value;
        return this;
    }

    /**
     * What may wait for one client, in bytes; the default is 1 MiB. Packets that may be dropped are dropped beyond it.
     * Under {@link Overflow#CLOSE} a client may have up to {@value #BURST} times as much waiting, so that a burst does
     * not kill who reads; it is closed at that, or after {@link #slowReaderTimeout} above the single amount.
     */
    public SocketIoServerBuilder maxOutboundBytes(long value) {
        maxOutboundBytes = value;
        return this;
    }

    /** What happens when more would wait, unless an event says otherwise; the default is {@link Overflow#CLOSE}. */
    public SocketIoServerBuilder overflow(Overflow value) {
        overflow = value;
        return this;
    }

    /**
     * What the server takes from the memory budget, in bytes.
     *
     * @param floor set aside for it; the default is 0
     * @param ceiling never exceeded, for connections and all that waits for clients; the default is 256 MiB
     */
    public SocketIoServerBuilder memory(long floor, long ceiling) {
        floorBytes = floor;
        maxServerBytes = ceiling;
        return this;
    }

    /** Which transports are served; both by default. */
    public SocketIoServerBuilder transports(boolean servesPolling, boolean servesWebSocket) {
        polling = servesPolling;
        webSocket = servesWebSocket;
        return this;
    }

    /**
     * Lets clients that come back after a broken connection find their id, rooms, data and the events they missed.
     * Off by default.
     *
     * @param maxAge how long a state is kept
     * @param maxBytes the most bytes of missed events that a namespace keeps
     */
    public SocketIoServerBuilder connectionStateRecovery(Duration maxAge, long maxBytes) {
        recoveryAge = maxAge;
        recoveryBytes = maxBytes;
        return this;
    }

    /** The most states that a namespace keeps; the default is 10,000. The oldest go first. */
    public SocketIoServerBuilder maxRecoverableSessions(int value) {
        recoverySessions = value;
        return this;
    }

    /** Whether a client whose state was recovered passes the middlewares unasked; it does by default. */
    public SocketIoServerBuilder skipMiddlewaresOnRecovery(boolean value) {
        skipMiddlewaresOnRecovery = value;
        return this;
    }

    /** Sets a cookie of this name with the session's id, for load balancers; none by default. It is never read. */
    public SocketIoServerBuilder cookie(String cookieName) {
        cookie = cookieName;
        return this;
    }

    /** Which other origins may use polling; none by default. */
    public SocketIoServerBuilder cors(Cors value) {
        cors = value;
        return this;
    }

    /** Decides which requests may become sessions; all by default. */
    public SocketIoServerBuilder allowRequest(RequestFilter value) {
        filter = value;
        return this;
    }

    /** Answers requests whose path is not Engine.IO's; without it they are answered 404. */
    public SocketIoServerBuilder pages(WebHandler value) {
        pages = value;
        return this;
    }

    /** Serves TLS. */
    public SocketIoServerBuilder tls(SslContext value) {
        tls = value;
        return this;
    }

    /** Proxies that are believed about their clients' addresses, as addresses or nets such as {@code 10.0.0.0/8}. */
    public SocketIoServerBuilder trustedProxies(String... proxies) {
        trustedProxies = List.of(proxies);
        return this;
    }

    /** The JSON mapper; the default is Jackson. */
    public SocketIoServerBuilder json(JsonAdapter value) {
        json = value;
        return this;
    }

    /** Speaks MessagePack instead of text, as clients with {@code socket.io-msgpack-parser} do. Needs {@code msgpack-core}. */
    public SocketIoServerBuilder msgpack() {
        msgpack = true;
        return this;
    }

    /**
     * Runs handlers. The default is a virtual thread each where the JVM has them, and else at most {@value
     * HandlerThreads#MAX_THREADS} threads. It is not shut down with the server.
     */
    public SocketIoServerBuilder executor(Executor value) {
        executor = value;
        return this;
    }

    /** Connects namespaces with those of other servers; the default is this server alone. */
    public SocketIoServerBuilder adapter(AdapterFactory value) {
        adapter = value;
        return this;
    }

    /**
     * Registers the server with a manager, which then shows it, pays its memory and shuts it down.
     *
     * @param dependsOn pools of the manager that the handlers need; they are shut down after it
     */
    public SocketIoServerBuilder manager(ConnectionPoolManager value, String... dependsOn) {
        manager = value;
        dependencies = List.of(dependsOn);
        return this;
    }

    /** Where the server gets its time and is granted its memory; the default is an environment of its own. */
    public SocketIoServerBuilder environment(PoolEnvironment value) {
        environment = value;
        return this;
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalArgumentException listing everything that is wrong with the settings
     * @throws UncheckedIOException if it cannot listen there
     * @throws IllegalStateException if the manager is shut down, or the budget has no room for the floor
     */
    public SocketIoServer start() {
        return SocketIoServer.start(this, sharedEnvironment());
    }

    private PoolEnvironment sharedEnvironment() {
        if (manager != null) {
            return manager.environment();
        }
        return environment == null ? PoolEnvironment.of(new EventStream(), MemoryBudget.unlimited()) : environment;
    }
}
