package dev.weir.socketio;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What an application has said about a namespace, or about all that match a pattern. */
final class NamespaceHandlers {

    private static final CompletionStage<?> ADMITTED = CompletableFuture.completedStage(null);

    final List<AsyncMiddleware> middlewares = new CopyOnWriteArrayList<>();
    final List<Consumer<Socket>> connections = new CopyOnWriteArrayList<>();
    final List<BiConsumer<Socket, DisconnectReason>> disconnections = new CopyOnWriteArrayList<>();
    final Map<String, List<NamespaceHandler>> events = new ConcurrentHashMap<>();
    final Map<String, List<ArgumentsHandler>> serverSide = new ConcurrentHashMap<>();

    void use(Middleware middleware) {
        middlewares.add(socket -> {
            middleware.admit(socket);
            return ADMITTED;
        });
    }

    void on(String event, NamespaceHandler handler) {
        events.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>()).add(handler);
    }

    void onServerSide(String event, ArgumentsHandler handler) {
        serverSide.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>()).add(handler);
    }
}
