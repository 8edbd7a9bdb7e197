package dev.weir.socketio.admin;

import dev.weir.event.EventStream;
import dev.weir.socketio.SocketIoServer;

/**
 * Lets the page {@code @socket.io/admin-ui} 0.5 watch a server and act on it, through a namespace of its own. A server has
 * none unless it is put there:
 *
 * <pre>{@code
 * AdminUi.on(server).password("ops", password).development(true).install();
 * }</pre>
 *
 * <p>Whoever the page lets in sees addresses, rooms and, in development mode, events of all clients, and may disconnect
 * them; so there is no default password, and the page is best reached over TLS.
 */
public final class AdminUi implements AutoCloseable {

    /** How often pages are told the statistics, in seconds. */
    public static final int SECONDS_BETWEEN_STATISTICS = 2;

    private final EventStream.Subscription observing;
    private final String namespace;

    AdminUi(AdminUiBuilder settings) {
        namespace = settings.namespace;
        observing = new Feed(settings).start();
    }

    /** Configures it for a server. */
    public static AdminUiBuilder on(SocketIoServer server) {
        return new AdminUiBuilder(server);
    }

    /** Stops telling. Pages that are connected stay so and hear no more; their orders are still done. */
    @Override
    public void close() {
        observing.close();
    }

    /** The namespace; never the password. */
    @Override
    public String toString() {
        return "admin UI at " + namespace;
    }
}
