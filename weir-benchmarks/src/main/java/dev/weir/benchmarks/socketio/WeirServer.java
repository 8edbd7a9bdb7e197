package dev.weir.benchmarks.socketio;

import dev.weir.socketio.Namespace;
import dev.weir.socketio.SocketIoServer;
import dev.weir.socketio.codec.Arguments;
import java.time.Duration;
import java.util.Objects;

/** Weir, as it comes but for its intervals, the connections that one address may have, and its patience. */
final class WeirServer implements PeerServer {

    private static final int MANY = 100_000;

    private final SocketIoServer server;

    WeirServer(int maxPerAddress) {
        server = SocketIoServer.builder()
                .port(0)
                .pingInterval(Duration.ofMillis(PING_INTERVAL_MILLIS))
                .pingTimeout(Duration.ofMillis(PING_TIMEOUT_MILLIS))
                .maxConnections(MANY)
                .maxConnectionsPerAddress(maxPerAddress)
                .slowReaderTimeout(Duration.ofSeconds(2))
                .requestTimeout(Duration.ofSeconds(2))
                .start();
        Namespace main = server.main();
        main.on(
                "echo",
                (socket, arguments, ack) ->
                        socket.emit("echo", Objects.requireNonNull(arguments.get(0, String.class))));
        main.on("gc", (socket, arguments, ack) -> socket.emit("gc", PeerServer.collect()));
        main.on("rooms", (socket, arguments, ack) -> {
            int count = number(arguments, 0);
            for (int room = 0; room < count; room++) {
                socket.join("room-" + room);
            }
            for (int room = 0; room < count; room++) {
                socket.leave("room-" + room);
            }
            socket.emit("rooms");
        });
        main.on(
                "broadcast",
                (socket, arguments, ack) -> PeerServer.broadcast(
                        number(arguments, 0),
                        number(arguments, 1),
                        number(arguments, 2),
                        text -> server.emit("data", text)));
    }

    private static int number(Arguments arguments, int index) {
        return Objects.requireNonNull(arguments.get(index, Integer.class));
    }

    @Override
    public int port() {
        return server.port();
    }
}
