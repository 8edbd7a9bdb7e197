package dev.weir.socketio;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The namespaces of a server: those that are made for good, and those that come and go with their sockets. */
final class Namespaces {

    private static final int MAX_NAME = 256;

    private final SocketIoServer server;
    private final Map<String, Namespace> all = new ConcurrentHashMap<>();
    private final List<DynamicNamespaces> dynamics = new CopyOnWriteArrayList<>();
    private final ReentrantLock growing = new ReentrantLock();

    Namespaces(SocketIoServer server) {
        this.server = server;
    }

    /** As {@link SocketIoServer#of(String)}. */
    Namespace of(String name) {
        if (!name.startsWith("/") || name.length() > MAX_NAME || name.indexOf(',') >= 0) {
            throw new IllegalArgumentException("\"" + name
                    + "\" is no name of a namespace: begin it with /, leave commas out, and stay below 256 characters");
        }
        return all.computeIfAbsent(name, made -> new Namespace(server, made, new NamespaceHandlers(), false));
    }

    DynamicNamespaces of(Predicate<String> matches) {
        DynamicNamespaces dynamic = new DynamicNamespaces(matches);
        dynamics.add(dynamic);
        return dynamic;
    }

    Optional<Namespace> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    Collection<Namespace> all() {
        return all.values();
    }

    List<String> names() {
        return List.copyOf(all.keySet());
    }

    /**
     * Where a client wants to go, as a guest until it is in or turned away, so that the namespace does not vanish
     * meanwhile; {@code null}: there is no such namespace.
     */
    @Nullable Namespace welcome(String name) {
        Namespace known = all.get(name);
        if (known != null && !known.isDynamic()) {
            return known;
        }
        for (DynamicNamespaces dynamic : dynamics) {
            if (matches(dynamic, name)) {
                growing.lock();
                try {
                    Namespace namespace =
                            all.computeIfAbsent(name, made -> new Namespace(server, made, dynamic.handlers(), true));
                    namespace.guestComes();
                    return namespace;
                } finally {
                    growing.unlock();
                }
            }
        }
        return null;
    }

    private boolean matches(DynamicNamespaces dynamic, String name) {
        try {
            return dynamic.matches(name);
        } catch (RuntimeException | StackOverflowError failure) {
            server.handlerFailed(failure);
            return false;
        }
    }

    /** A dynamic namespace ends with its last socket and guest. */
    void vanishIfEmpty(Namespace namespace) {
        growing.lock();
        try {
            if (namespace.isEmpty() && all.remove(namespace.name(), namespace)) {
                namespace.close();
            }
        } finally {
            growing.unlock();
        }
    }
}
