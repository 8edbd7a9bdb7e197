package dev.weir.socketio.admin;

import dev.weir.socketio.Broadcast;
import dev.weir.socketio.Namespace;
import dev.weir.socketio.Socket;
import dev.weir.socketio.SocketIoServer;
import dev.weir.socketio.codec.Arguments;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a page may have done to sockets: those of a namespace, or of one room, which may be a socket's id. */
final class Orders {

    /** Their names in the page's language; those with an M are for many sockets. */
    static final List<String> FEATURES =
            List.of("EMIT", "JOIN", "LEAVE", "DISCONNECT", "MJOIN", "MLEAVE", "MDISCONNECT");

    private final SocketIoServer server;

    Orders(SocketIoServer server) {
        this.server = server;
    }

    void takeFrom(Socket page) {
        page.on(
                "join",
                (order, ack) -> text(order, 1).ifPresent(room -> whom(order, 2, sockets -> sockets.socketsJoin(room))));
        page.on(
                "leave",
                (order, ack) ->
                        text(order, 1).ifPresent(room -> whom(order, 2, sockets -> sockets.socketsLeave(room))));
        page.on("_disconnect", (order, ack) -> {
            boolean close = Boolean.TRUE.equals(order.get(1, Object.class));
            whom(order, 2, sockets -> sockets.disconnectSockets(close));
        });
        page.on(
                "emit",
                (order, ack) -> text(order, 2).ifPresent(event -> {
                    Object[] arguments = order.from(3).toList().toArray();
                    whom(order, 1, sockets -> sockets.emit(event, arguments));
                }));
    }

    /** In the namespace that the order begins with, those in the room at the index, or all. */
    private void whom(Arguments order, int room, Consumer<Broadcast> work) {
        Optional<String> name = text(order, 0).filter(server.namespaces()::contains);
        if (name.isPresent()) {
            Namespace namespace = server.of(name.get());
            work.accept(text(order, room).map(namespace::to).orElseGet(namespace::all));
        }
    }

    private static Optional<String> text(Arguments order, int index) {
        return order.get(index, Object.class) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }
}
