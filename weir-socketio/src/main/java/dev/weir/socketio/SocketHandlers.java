package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the application listens to on one socket. Changed under the socket's stripe, each part replaced as a whole; read
 * by any thread.
 */
final class SocketHandlers {

    /** Of a socket that nobody listens to; never changed. */
    static final SocketHandlers NONE = new SocketHandlers();

    /** Names and handlers in turn, in the order of their coming: a fifth of a map's bytes, and a socket hears few. */
    private volatile Object[] events = {};

    private volatile List<AnyHandler> any = List.of();
    private volatile List<AnyHandler> outgoing = List.of();
    private volatile List<Consumer<DisconnectReason>> disconnects = List.of();

    void add(String event, ArgumentsHandler handler) {
        Object[] more = Arrays.copyOf(events, events.length + 2);
        more[events.length] = event;
        more[events.length + 1] = handler;
        events = more;
    }

    void remove(String event, ArgumentsHandler handler) {
        Object[] all = events;
        for (int at = 0; at < all.length; at += 2) {
            if (all[at].equals(event) && all[at + 1] == handler) {
                Object[] fewer = Arrays.copyOf(all, all.length - 2);
                System.arraycopy(all, at + 2, fewer, at, fewer.length - at);
                events = fewer;
                return;
            }
        }
    }

    void removeAll(String event) {
        List<Object> left = new ArrayList<>();
        Object[] all = events;
        for (int at = 0; at < all.length; at += 2) {
            if (!all[at].equals(event)) {
                left.add(all[at]);
                left.add(all[at + 1]);
            }
        }
        events = left.toArray();
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
        Object[] all = events;
        for (int at = 0; at < all.length; at += 2) {
            if (all[at].equals(event)) {
                ArgumentsHandler handler = (ArgumentsHandler) all[at + 1];
                server.guard(() -> handler.handle(arguments, ack));
            }
        }
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
