package dev.weir.benchmarks.compare;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.LongAdder;

/** netty-socketio. */
final class NettyStage implements Stage {

    private final SocketIOServer server;
    private final int port;
    private final LongAdder received = new LongAdder();

    NettyStage(int frameBytes) throws IOException {
        // It takes no port 0: it would not say which one it got.
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        SocketConfig socket = new SocketConfig();
        socket.setReuseAddress(true);
        Configuration configuration = new Configuration();
        configuration.setSocketConfig(socket);
        configuration.setHostname("127.0.0.1");
        configuration.setPort(port);
        configuration.setPingInterval(PING_INTERVAL_MILLIS);
        configuration.setPingTimeout(PING_TIMEOUT_MILLIS);
        configuration.setMaxFramePayloadLength(frameBytes);
        configuration.setMaxHttpContentLength(frameBytes);
        server = new SocketIOServer(configuration);
        server.addEventListener(UP, String.class, (client, text, ack) -> received.increment());
        server.start();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void broadcast(String event, String text) {
        server.getBroadcastOperations().sendEvent(event, text);
    }

    @Override
    public long received() {
        return received.sum();
    }

    @Override
    public void close() {
        server.stop();
    }
}
