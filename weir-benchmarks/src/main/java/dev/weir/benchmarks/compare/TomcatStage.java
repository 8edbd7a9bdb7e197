package dev.weir.benchmarks.compare;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat's WebSocket. It knows no Socket.IO: just as much is said as a client needs to be let in. */
final class TomcatStage implements Stage {

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();
    private final Path directory = Files.createTempDirectory("weir-compare-tomcat");
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();

    TomcatStage(int frameBytes) throws IOException, LifecycleException {
        tomcat.setBaseDir(directory.toString());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "default", new DefaultServlet());
        context.addServletMappingDecoded("/", "default");
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(
                (classes, servlets) -> {
                    ServerContainer container =
                            (ServerContainer) servlets.getAttribute(ServerContainer.class.getName());
                    container.setDefaultMaxTextMessageBufferSize(frameBytes);
                    try {
                        container.addEndpoint(ServerEndpointConfig.Builder.create(Peer.class, "/socket.io/")
                                .configurator(new ServerEndpointConfig.Configurator() {
                                    @Override
                                    public <T> T getEndpointInstance(Class<T> type) {
                                        return type.cast(new Peer(sessions, received));
                                    }
                                })
                                .build());
                    } catch (jakarta.websocket.DeploymentException refused) {
                        throw new IllegalStateException(refused);
                    }
                },
                null);
        tomcat.start();
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void broadcast(String event, String text) {
        String packet = "42[\"" + event + "\",\"" + text + "\"]";
        for (Session session : sessions.values()) {
            Peer.say(session, packet);
        }
    }

    @Override
    public long received() {
        return received.sum();
    }

    @Override
    public void close() throws IOException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException failed) {
            throw new IOException("Tomcat did not stop", failed);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** One client. */
    static final class Peer extends Endpoint implements MessageHandler.Whole<String> {

        private final Map<String, Session> sessions;
        private final LongAdder received;
        private volatile Runnable enter = () -> {};

        Peer(Map<String, Session> sessions, LongAdder received) {
            this.sessions = sessions;
            this.received = received;
        }

        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, this);
            enter = () -> {
                say(session, "40{\"sid\":\"" + session.getId() + "\"}");
                sessions.put(session.getId(), session);
            };
            say(
                    session,
                    "0{\"sid\":\"" + session.getId() + "\",\"upgrades\":[],\"pingInterval\":" + PING_INTERVAL_MILLIS
                            + ",\"pingTimeout\":" + PING_TIMEOUT_MILLIS + "}");
        }

        @Override
        public void onMessage(String packet) {
            if (packet.startsWith("42")) {
                received.increment();
            } else if (packet.startsWith("40")) {
                enter.run();
            }
        }

        @Override
        public void onClose(Session session, CloseReason reason) {
            sessions.remove(session.getId());
        }

        private static void say(Session session, String packet) {
            try {
                session.getBasicRemote().sendText(packet);
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}
