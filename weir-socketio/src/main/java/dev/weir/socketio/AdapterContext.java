package dev.weir.socketio;

import dev.weir.event.PoolEvent;
import dev.weir.socketio.codec.JsonAdapter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What an adapter may know of its namespace and ask of it. Safe for all threads. */
public final class AdapterContext {

    private final Namespace namespace;
    private final Adapter local;

    AdapterContext(Namespace namespace, Adapter local) {
        this.namespace = namespace;
        this.local = local;
    }

    /** The namespace's name. */
    public String name() {
        return namespace.name();
    }

    /** Reaches the sockets of this server. */
    public Adapter local() {
        return local;
    }

    /** Maps values of the application. */
    public JsonAdapter json() {
        return namespace.settings().json;
    }

    /** How long a client may be away and find its state again; zero: recovery is off. */
    public Duration recoveryAge() {
        return Duration.ofNanos(namespace.settings().recoveryAge);
    }

    /** How many bytes of missed events are worth keeping. */
    public long recoveryBytes() {
        return namespace.settings().recoveryBytes;
    }

    /** Threads on which the application's code may run. */
    public Executor executor() {
        return namespace.server().executor();
    }

    /** Hands an event of another server to the namespace's handlers, which may answer through the ack. */
    public void receiveServerSide(List<@Nullable Object> event, Ack ack) {
        namespace.receiveServerSide(event, ack);
    }

    /** Publishes that something is wrong, as an alert of the server, where pools tell what happens. */
    public void raiseAlert(String rule, String message) {
        SocketIoServer server = namespace.server();
        Settings settings = server.settings();
        server.events().publish(new PoolEvent.AlertRaised(settings.name, settings.ticker.nanos(), rule, message));
    }

    /** Publishes that it is over. */
    public void clearAlert(String rule, long lastedNanos) {
        SocketIoServer server = namespace.server();
        Settings settings = server.settings();
        Duration lasted = Duration.ofNanos(lastedNanos);
        server.events().publish(new PoolEvent.AlertCleared(settings.name, settings.ticker.nanos(), rule, lasted));
    }

    /** The namespace's name. */
    @Override
    public String toString() {
        return "adapter context of " + namespace.name();
    }
}
