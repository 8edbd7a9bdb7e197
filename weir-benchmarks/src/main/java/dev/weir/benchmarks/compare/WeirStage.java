package dev.weir.benchmarks.compare;

import dev.weir.ConnectionPoolManager;
import dev.weir.socketio.SocketIoServer;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Weir's Socket.IO server. */
final class WeirStage implements Stage {

    private final SocketIoServer server;
    private final LongAdder received = new LongAdder();

    WeirStage(int frameBytes, ConnectionPoolManager manager) {
        server = SocketIoServer.builder()
                .port(0)
                .maxPayload(frameBytes)
                .pingInterval(Duration.ofMillis(PING_INTERVAL_MILLIS))
                .pingTimeout(Duration.ofMillis(PING_TIMEOUT_MILLIS))
                .manager(manager)
                .start();
        server.onConnection(socket -> socket.on(UP, (arguments, ack) -> received.increment()));
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void broadcast(String event, String text) {
        server.emit(event, text);
    }

    @Override
    public long received() {
        return received.sum();
    }

    @Override
    public void close() {
        server.close();
    }
}
