package dev.weir.benchmarks.compare;

import dev.weir.ConnectionPoolManager;
import java.io.Closeable;

/** The WebSocket server of the service: what it says, every client hears. Thread-safe. */
interface Stage extends Closeable {

    /** What clients send up. */
    String UP = "up";

    int PING_INTERVAL_MILLIS = 15_000;
    int PING_TIMEOUT_MILLIS = 30_000;

    static Stage open(Setup setup, ConnectionPoolManager manager) throws Exception {
        return switch (setup.webSockets()) {
            case NETTY_SOCKETIO -> new NettyStage(setup.frameBytes());
            case WEIR -> new WeirStage(setup.frameBytes(), manager);
        };
    }

    int port();

    /** Sends an event with one text to all. */
    void broadcast(String event, String text);

    /** Events that came up from clients so far. */
    long received();
}
