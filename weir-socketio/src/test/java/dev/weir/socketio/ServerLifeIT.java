package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.budget.MemoryBudget;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From start to end: in a manager, within a budget, over TLS, and nothing left. */
class ServerLifeIT {

    @Test
    void aManagerShowsItPaysItAndShutsItDown() {
        MemoryBudget budget = MemoryBudget.ofBytes(8 * 1024 * 1024);
        ConnectionPoolManager manager = ConnectionPoolManager.create(budget);
        SocketIoServer server =
                SocketIoServer.builder().port(0).name("chat").manager(manager).start();
        Peer one = Peer.in(server, "/");
        Peer two = Peer.in(server, "/");
        assertThat(manager.pool("chat")).hasValueSatisfying(pool -> {
            assertThat(pool.snapshot().leased()).isEqualTo(2);
            assertThat(pool.measuredConnections().connections()).isEqualTo(2);
            assertThat(pool.measuredConnections().bytes()).isPositive();
        });
        assertThat(budget.grantedBytes()).isGreaterThanOrEqualTo(2L * EngineSession.CONNECTION_BYTES);
        assertThat(server.connectionBytes(10)).hasSize(2);
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(10));
        assertThat(report.connectionsLeft()).as(report.toString()).isZero();
        assertThat(report.bytesLeft()).isZero();
        assertThat(report.aborted()).isZero();
        assertThat(report.threadsLeft()).isZero();
        assertThat(one.closed()).isEqualTo(1000);
        assertThat(two.closed()).isEqualTo(1000);
    }

    @Test
    void whoComesDuringAShutdownIsToldToComeLater() throws Exception {
        SocketIoServer server = SocketIoServer.builder().port(0).start();
        try (Peer stays = Peer.in(server, "/")) {
            server.asPool().refuse();
            HttpResponse<String> refused = Peer.get(server, "EIO=4&transport=polling");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("5");
            assertThat(stays.isClosed()).isFalse();
        }
        server.close();
    }

    @Test
    void whatTheBudgetDoesNotHaveIsRefused() {
        try (SocketIoServer server = SocketIoServer.builder()
                .port(0)
                .memory(0, 3L * EngineSession.CONNECTION_BYTES)
                .start()) {
            List<Peer> peers = new ArrayList<>();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 4; i++) {
                            peers.add(Peer.open(server));
                        }
                    })
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            WebSocketHandshakeException.class,
                            refused -> assertThat(refused.getResponse().statusCode())
                                    .isEqualTo(503));
            assertThat(peers).hasSizeBetween(2, 3);
            peers.forEach(Peer::cut);
            await().until(() -> server.statistics().sessions() == 0);
        }
    }

    @Test
    void afterAllHaveGoneNothingIsKept() throws JMException {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            server.main().on("join", (socket, arguments, ack) -> {
                for (int i = 0; i < 20; i++) {
                    socket.join(socket.id() + i);
                }
                ack.send();
            });
            wave(server);
            // What the histogram itself needs the first time is there before the heap is looked at.
            long own = retainedByServer();
            long first = heapAfter(server);
            for (int i = 0; i < 4; i++) {
                wave(server);
            }
            assertThat(heapAfter(server)).isLessThan(first + 512 * 1024);
            await().untilAsserted(() -> assertThat(retainedByServer()).isLessThan(own + own / 100));
            assertThat(server.main().rooms().size()).isZero();
            assertThat(server.statistics().memoryBytes()).isZero();
            assertThat(server.statistics().trackedAddresses()).isLessThanOrEqualTo(1);
            await().until(() -> server.statistics().channels() == 0);
        }
    }

    private static void wave(SocketIoServer server) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Peer peer = Peer.in(server, "/");
            peer.send("421[\"join\"]");
            peers.add(peer);
        }
        peers.forEach(peer -> assertThat(peer.next()).isEqualTo("431[]"));
        peers.forEach(Peer::cut);
        await().until(() -> server.statistics().sessions() == 0);
    }

    private static long heapAfter(SocketIoServer server) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        assertThat(server.statistics().sessions()).isZero();
        return least;
    }

    /** Bytes of live objects of the server's and of Netty's classes, after a collection. */
    private static long retainedByServer() throws JMException {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Matcher line =
                Pattern.compile("(?m)^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)").matcher((String) histogram);
        long bytes = 0;
        while (line.find()) {
            String type = line.group(2);
            boolean server = type.startsWith("dev.weir.socketio.") && !type.equals(Peer.class.getName());
            if (server || type.startsWith("io.netty.")) {
                bytes += Long.parseLong(line.group(1));
            }
        }
        return bytes;
    }

    @Test
    void settingsThatAreWrongAreToldAllAtOnceAndLeaveNothing() {
        MemoryBudget budget = MemoryBudget.ofBytes(1 << 20);
        ConnectionPoolManager manager = ConnectionPoolManager.create(budget);
        assertThatThrownBy(() -> SocketIoServer.builder()
                        .manager(manager)
                        .port(70_000)
                        .path("io")
                        .pingInterval(Duration.ZERO)
                        .start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port")
                .hasMessageContaining("path")
                .hasMessageContaining("pingInterval");
        assertThat(budget.accounts()).isEmpty();
        assertThat(manager.pools()).isEmpty();
    }

    @Test
    void aPortThatIsTakenIsTold() {
        try (SocketIoServer first = SocketIoServer.builder().port(0).start()) {
            assertThatThrownBy(() -> SocketIoServer.builder().port(first.port()).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(String.valueOf(first.port()));
        }
    }

    @Test
    void overTls(@TempDir Path directory) throws Exception {
        Path store = directory.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
        try (SocketIoServer server = SocketIoServer.builder()
                .port(0)
                .tls(SslContextBuilder.forServer(managers).build())
                .start()) {
            CompletableFuture<Handshake> seen = new CompletableFuture<>();
            server.onConnection(socket -> seen.complete(socket.handshake()));
            HttpClient http = HttpClient.newBuilder().sslContext(trusting).build();
            String url = "https://localhost:" + server.port() + "/socket.io/?EIO=4&transport=polling";
            String open = send(http, HttpRequest.newBuilder(URI.create(url)).GET());
            String session = url + "&sid=" + open.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            assertThat(send(
                            http,
                            HttpRequest.newBuilder(URI.create(session))
                                    .POST(HttpRequest.BodyPublishers.ofString("40"))))
                    .isEqualTo("ok");
            assertThat(seen.join().secure()).isTrue();
        }
    }

    private static String send(HttpClient http, HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }
}
