package dev.weir.dashboard;

import dev.weir.ConnectionPoolManager;
import dev.weir.socketio.ConnectRefusedException;
import dev.weir.socketio.Handshake;
import dev.weir.socketio.Socket;
import dev.weir.socketio.SocketIoServer;
import dev.weir.socketio.codec.JacksonAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A live page about every pool of a manager, and the same for programs: see it and steer it.
 *
 * <pre>{@code
 * WeirDashboard dashboard = WeirDashboard.builder(manager).port(7070).start();
 * System.out.println("Dashboard: " + dashboard.link());
 * }</pre>
 *
 * <p>It listens on loopback unless told otherwise. Over loopback everybody may look; changes, and everything from
 * elsewhere, need the {@link #token()}. It costs one thread that looks once a second, at most {@link
 * WeirDashboardBuilder#historyBytes} of history, and what its pages' connections take, which the manager's budget pays. A
 * shutdown of the manager ends it. Thread-safe.
 */
public final class WeirDashboard implements AutoCloseable {

    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(5);
    private static final int MAX_PAGES = 64;
    private static final int MAX_BODY = 64 * 1024;
    private static final long MAX_BYTES = 16L * 1024 * 1024;
    private static final int MOST_ACKS = 8;

    private final ConnectionPoolManager manager;
    private final String name;
    private final Token token;
    private final SocketIoServer server;
    private final Live live;

    private WeirDashboard(WeirDashboardBuilder builder) {
        manager = builder.manager;
        name = builder.name;
        token = builder.token;
        InetAddress address = new InetSocketAddress(builder.host, 0).getAddress();
        boolean local = address != null && address.isLoopbackAddress();
        Set<String> hosts = new LinkedHashSet<>(builder.hosts);
        hosts.add(builder.host.toLowerCase(Locale.ROOT));
        Gate gate = new Gate(token, hosts, Set.copyOf(builder.origins), local);
        Clock clock = new Clock(manager.environment().ticker());
        History history = new History(builder.historyBytes);
        Steering steering = new Steering(manager);
        Map<String, SocketIoServer> servers = new LinkedHashMap<>();
        live = new Live(manager, history, steering, clock);
        Facts facts = new Facts(manager, history, steering, clock, servers, builder.memory, live::changes);
        Api api = new Api(facts, steering);
        boolean whole = false;
        SocketIoServer started = null;
        try {
            started = SocketIoServer.builder()
                    .name(name)
                    .host(builder.host)
                    .port(builder.port)
                    .loops(1)
                    .maxConnections(MAX_PAGES)
                    .maxHandshakes(MAX_PAGES)
                    .maxPayload(MAX_BODY)
                    .maxPendingAcks(MOST_ACKS)
                    .memory(0, MAX_BYTES)
                    .json(new JacksonAdapter(Json.MAPPER))
                    .allowRequest(handshake -> mayCome(gate, handshake))
                    .pages(new FrontDoor(gate, new PageFiles(), api))
                    .environment(manager.environment())
                    .start();
            server = started;
            servers.put(name, started);
            servers.putAll(builder.servers);
            started.use(socket -> admit(gate, socket));
            manager.register(new Member(started.asPool(), live::stop));
            live.start(started, facts);
            whole = true;
        } finally {
            if (!whole) {
                live.stop();
                if (started != null) {
                    started.shutdown(Duration.ZERO);
                }
            }
        }
    }

    static WeirDashboard start(WeirDashboardBuilder builder) {
        return new WeirDashboard(builder);
    }

    /** Configures a dashboard over a manager's pools. */
    public static WeirDashboardBuilder builder(ConnectionPoolManager manager) {
        return new WeirDashboardBuilder(manager);
    }

    private static boolean mayCome(Gate gate, Handshake handshake) {
        try {
            gate.enter(FrontDoor.caller(handshake, ""));
            return true;
        } catch (Problem refused) {
            return false;
        }
    }

    private static void admit(Gate gate, Socket socket) throws ConnectRefusedException {
        Map<?, ?> auth = socket.auth(Map.class);
        String given = auth != null && auth.get("token") instanceof String text ? text : "";
        if (!gate.mayRead(FrontDoor.caller(socket.handshake(), "Bearer " + given))) {
            throw new ConnectRefusedException("token needed");
        }
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** The page's address, without the token. */
    public String url() {
        String host = server.address().getAddress().getHostAddress();
        return "http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.port() + "/";
    }

    /**
     * The page's address with the token behind {@code #}, which browsers do not send: whoever opens it may change things, so
     * show it to operators only.
     */
    public String link() {
        return url() + "#token=" + token.reveal();
    }

    /** The token that allows changes. */
    public String token() {
        return token.reveal();
    }

    /** Ends it and leaves the manager; may be called again, also after the manager's shutdown. */
    @Override
    public void close() {
        manager.unregister(name);
        live.stop();
        server.shutdown(CLOSE_DEADLINE);
    }

    @Override
    public String toString() {
        return "dashboard at " + url();
    }
}
