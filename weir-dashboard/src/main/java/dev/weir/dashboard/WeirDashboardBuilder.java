package dev.weir.dashboard;

import dev.weir.ConnectionPoolManager;
import dev.weir.memory.MemoryReport;
import dev.weir.socketio.SocketIoServer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Configures and starts a {@link WeirDashboard}. For one thread. */
public final class WeirDashboardBuilder {

    /** The default of {@link #historyBytes}. */
    public static final long HISTORY_BYTES = 2_000_000;

    final ConnectionPoolManager manager;
    final Map<String, SocketIoServer> servers = new LinkedHashMap<>();
    final Set<String> hosts = new LinkedHashSet<>();
    final Set<String> origins = new LinkedHashSet<>();
    String name = "dashboard";
    String host = "127.0.0.1";
    int port;
    Token token = Token.random();
    long historyBytes = HISTORY_BYTES;

    @Nullable Supplier<MemoryReport> memory;

    WeirDashboardBuilder(ConnectionPoolManager manager) {
        this.manager = manager;
    }

    /** The name under which the dashboard's own server appears among the pools; the default is {@code dashboard}. */
    public WeirDashboardBuilder name(String value) {
        name = value;
        return this;
    }

    /** The address to listen on; the default is {@code 127.0.0.1}. Off loopback everything needs the token. */
    public WeirDashboardBuilder host(String value) {
        host = value;
        return this;
    }

    /** The port to listen on; the default 0 lets the system choose one. */
    public WeirDashboardBuilder port(int value) {
        port = value;
        return this;
    }

    /**
     * The token that allows changes; by default one is made.
     *
     * @throws IllegalArgumentException unless it has 16 to 256 letters, digits or {@code . _ ~ + / = -}
     */
    public WeirDashboardBuilder token(String value) {
        token = Token.of(value);
        return this;
    }

    /** Whether this can be a {@link #token}. */
    public static boolean isToken(String value) {
        return Token.fits(value);
    }

    /** Whether this can be a name for {@link #allowHost}. */
    public static boolean isHost(String value) {
        return Gate.isName(value);
    }

    /** Whether this can be an origin for {@link #allowOrigin}. */
    public static boolean isOrigin(String value) {
        return value.matches("https?://[^/?#@\\s:]+(:\\d{1,5})?")
                && isHost(value.replaceFirst("^https?://", "").replaceFirst(":\\d+$", ""));
    }

    /**
     * A further name that the page may be opened by, such as that of a proxy in front; without a port.
     *
     * @throws IllegalArgumentException unless it is a name or an address
     */
    public WeirDashboardBuilder allowHost(String value) {
        if (!isHost(value)) {
            throw new IllegalArgumentException("allowHost needs a name without a port, such as weir.example");
        }
        hosts.add(value.toLowerCase(Locale.ROOT));
        return this;
    }

    /**
     * A further origin that requests may come from. Needed where a proxy speaks TLS for the page: browsers then say {@code
     * https://} and this server does not know it.
     *
     * @throws IllegalArgumentException unless it is {@code http://} or {@code https://}, a name, and perhaps a port
     */
    public WeirDashboardBuilder allowOrigin(String value) {
        if (!isOrigin(value)) {
            throw new IllegalArgumentException("allowOrigin needs an origin, such as https://weir.example");
        }
        origins.add(value.toLowerCase(Locale.ROOT));
        return this;
    }

    /** Shows a Socket.IO server of the service's own beside the dashboard's. */
    public WeirDashboardBuilder watch(String label, SocketIoServer server) {
        servers.put(label, server);
        return this;
    }

    /** Makes the report of the memory page; called at most every 5 s, and only while somebody looks. */
    public WeirDashboardBuilder memory(Supplier<MemoryReport> value) {
        memory = value;
        return this;
    }

    /**
     * The most bytes that the history of all pools may take; the default is {@value #HISTORY_BYTES}. The more pools there
     * are, the more coarsely each is remembered.
     */
    public WeirDashboardBuilder historyBytes(long value) {
        historyBytes = value;
        return this;
    }

    /**
     * Starts to listen, and registers with the manager, whose shutdown ends the dashboard too.
     *
     * @throws IllegalArgumentException if the name is taken, or a value out of range
     * @throws java.io.UncheckedIOException if it cannot listen there
     * @throws IllegalStateException if the manager is shut down
     */
    public WeirDashboard start() {
        return WeirDashboard.start(this);
    }
}
