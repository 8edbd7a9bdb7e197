package dev.weir.benchmarks.socketio;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** netty-socketio, as it comes but for its intervals. */
final class NettySocketIoServer implements PeerServer {

    private final int port;

    NettySocketIoServer() throws IOException {
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
        SocketIOServer server = new SocketIOServer(configuration);
        server.addEventListener("echo", String.class, (client, text, ack) -> client.sendEvent("echo", text));
        server.addEventListener("gc", Object.class, (client, any, ack) -> client.sendEvent("gc", PeerServer.collect()));
        server.addEventListener("rooms", Integer.class, (client, count, ack) -> {
            for (int room = 0; room < count; room++) {
                client.joinRoom("room-" + room);
            }
            for (int room = 0; room < count; room++) {
                client.leaveRoom("room-" + room);
            }
            client.sendEvent("rooms");
        });
        server.addMultiTypeEventListener(
                "broadcast",
                (client, data, ack) -> PeerServer.broadcast(
                        data.get(0),
                        data.get(1),
                        data.get(2),
                        text -> server.getBroadcastOperations().sendEvent("data", text)),
                Integer.class,
                Integer.class,
                Integer.class);
        server.start();
    }

    @Override
    public int port() {
        return port;
    }
}
