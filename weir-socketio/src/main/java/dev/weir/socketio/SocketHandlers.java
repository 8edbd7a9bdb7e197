package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the application listens to on one socket. Changed under the socket's stripe, each list replaced as a whole; read
 * by any thread.
 */
final class SocketHandlers {

    /** Of a socket that nobody listens to; never changed. */
    static final SocketHandlers NONE = new SocketHandlers();

    private volatile Map<String, List<ArgumentsHandler>> events = Map.of();
    private volatile List<AnyHandler> any = List.of();
    private volatile List<AnyHandler> outgoing = List.of();
    private volatile List<Consumer<DisconnectReason>> disconnects = List.of();

    void add(String event, ArgumentsHandler handler) {
        Map<String, List<ArgumentsHandler>> map = new HashMap<>(events);
        map.put(event, with(map.getOrDefault(event, List.of()), handler));
        events = map;
    }

    void remove(String event, ArgumentsHandler handler) {
        List<ArgumentsHandler> left = new ArrayList<>(events.getOrDefault(event, List.of()));
        left.remove(handler);
        if (left.isEmpty()) {
            removeAll(event);
        } else {
            Map<String, List<ArgumentsHandler>> map = new HashMap<>(events);
            map.put(event, List.copyOf(left));
            events = map;
        }
    }

    void removeAll(String event) {
        Map<String, List<ArgumentsHandler>> map = new HashMap<>(events);
        map.remove(event);
        events = map;
    }

    void addAny(AnyHandler handler) {
        any = with(any, handler);
    }

    void addOutgoing(AnyHandler handler) {
        outgoing = with(outgoing, handler);
    }

    void addDisconnect(Consumer<DisconnectReason> handler) {
        disconnects = with(disconnects, handler);
    }

    private static <H> List<H> with(List<H> some, H more) {
        List<H> list = new ArrayList<>(some);
        list.add(more);
        return List.copyOf(list);
    }

    void event(String event, Arguments arguments, Ack ack, SocketIoServer server) {
        any.forEach(handler -> server.guard(() -> handler.handle(event, arguments, ack)));
        events.getOrDefault(event, List.of()).forEach(handler -> server.guard(() -> handler.handle(arguments, ack)));
    }

    boolean hearsOutgoing() {
        return !outgoing.isEmpty();
    }

    void outgoing(String event, Arguments sent, SocketIoServer server) {
        outgoing.forEach(handler -> server.guard(() -> handler.handle(event, sent, Answer.UNWANTED)));
    }

    void disconnected(DisconnectReason reason, SocketIoServer server) {
        disconnects.forEach(handler -> server.guard(() -> handler.accept(reason)));
    }
}
