package dev.weir.socketio;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Namespaces that exist when a client asks for them: all whose names match. Each has its own sockets and rooms, and
 * vanishes with its last socket; they share the handlers given here. Safe for all threads.
 */
public final class DynamicNamespaces {

    private final Predicate<String> matches;
    private final NamespaceHandlers handlers = new NamespaceHandlers();

    DynamicNamespaces(Predicate<String> matches) {
        this.matches = matches;
    }

    /** As {@link Namespace#use}. */
    public DynamicNamespaces use(Middleware middleware) {
        handlers.use(middleware);
        return this;
    }

    /** As {@link Namespace#useAsync}. */
    public DynamicNamespaces useAsync(AsyncMiddleware middleware) {
        handlers.middlewares.add(middleware);
        return this;
    }

    /** As {@link Namespace#onConnection}. */
    public DynamicNamespaces onConnection(Consumer<Socket> handler) {
        handlers.connections.add(handler);
        return this;
    }

    /** As {@link Namespace#onDisconnect}. */
    public DynamicNamespaces onDisconnect(BiConsumer<Socket, DisconnectReason> handler) {
        handlers.disconnections.add(handler);
        return this;
    }

    /** As {@link Namespace#on}. */
    public DynamicNamespaces on(String event, NamespaceHandler handler) {
        Namespace.requireFree(event);
        handlers.on(event, handler);
        return this;
    }

    boolean matches(String name) {
        return matches.test(name);
    }

    NamespaceHandlers handlers() {
        return handlers;
    }
}
