package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send what no client should, and clients that do not take what they are sent. */
class HostileIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4",
                "9",
                "2",
                "42",
                "42{}",
                "42[]",
                "42[1",
                "43[1]",
                "45",
                "451-[\"a\"",
                "46x-[]",
                "40[]",
                "44{}",
                "42/other,[\"a\"]",
                "40",
                "x"
            })
    void aMalformedPacketClosesItsConnectionAndNoOther(String packet) {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            server.main().on("beat", (socket, arguments, ack) -> ack.send());
            try (Peer healthy = Peer.in(server, "/");
                    Peer hostile = Peer.in(server, "/")) {
                hostile.send(packet);
                hostile.closed();
                healthy.send("421[\"beat\"]");
                assertThat(healthy.next()).isEqualTo("431[]");
                await().until(() -> server.statistics().sessions() == 1);
            }
        }
    }

    @Test
    void aMessageThatIsTooLargeIsAnswered1009() {
        try (SocketIoServer server =
                SocketIoServer.builder().port(0).maxPayload(1000).start()) {
            try (Peer peer = Peer.in(server, "/")) {
                peer.send("42[\"a\",\"" + "x".repeat(1000) + "\"]");
                assertThat(peer.closed()).isEqualTo(1009);
            }
            try (Peer peer = Peer.in(server, "/")) {
                for (int i = 0; i < 20 && !peer.isClosed(); i++) {
                    try {
                        peer.sendFragment("x".repeat(100), false);
                    } catch (CompletionException closedMeanwhile) {
                        break;
                    }
                }
                assertThat(peer.closed()).isEqualTo(1009);
            }
            await().untilAsserted(
                            () -> assertThat(server.statistics().closes()).containsEntry(CloseCause.TOO_LARGE, 2L));
        }
    }

    @Test
    void anEndlessPostIsAnswered413AndEndsItsSession() throws Exception {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            String sid =
                    Peer.get(server, "EIO=4&transport=polling").body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            String query = "EIO=4&transport=polling&sid=" + sid;
            try (Socket wire = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                write(wire, "POST /socket.io/?" + query + " HTTP/1.1\r\nhost: a\r\ncontent-length: 1073741824\r\n\r\n");
                assertThat(readLine(wire)).startsWith("HTTP/1.1 413");
            }
            assertThat(Peer.get(server, query).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void aRequestThatNeverEndsIsCutInTime() throws IOException {
        try (SocketIoServer server = SocketIoServer.builder()
                        .port(0)
                        .requestTimeout(Duration.ofMillis(200))
                        .start();
                Socket wire = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            write(wire, "GET /socket.io/?EIO=4");
            wire.setSoTimeout(20_000);
            assertThat(readLine(wire)).startsWith("HTTP/1.1 408");
            assertThat(wire.getInputStream().readAllBytes()).isNotEmpty();
            await().until(() -> server.statistics().channels() == 0);
        }
    }

    @Test
    void connectionsOfAnAddressAreBoundedAndComeFreeAgain() {
        try (SocketIoServer server =
                SocketIoServer.builder().port(0).maxConnectionsPerAddress(3).start()) {
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                peers.add(Peer.open(server));
            }
            assertThat(refusedWith(server)).isEqualTo(429);
            peers.remove(0).cut();
            await().until(() -> server.statistics().sessions() == 2);
            peers.add(Peer.open(server));
            assertThat(refusedWith(server)).isEqualTo(429);
            assertThat(server.statistics().refusals()).containsEntry(Refusal.ADDRESS_LIMIT, 2L);
            peers.forEach(Peer::cut);
        }
    }

    @Test
    void aTrustedProxyTellsWhoItsClientIsAndAStrangerDoesNot() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        RequestFilter watching = handshake -> {
            seen.add(handshake.address());
            return false;
        };
        String head = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nhost: a\r\n";
        try (SocketIoServer behind = SocketIoServer.builder()
                        .port(0)
                        .trustedProxies("127.0.0.0/8", "::1")
                        .proxyProtocol(true)
                        .allowRequest(watching)
                        .start();
                SocketIoServer open =
                        SocketIoServer.builder().port(0).allowRequest(watching).start()) {
            String proxied = "PROXY TCP4 203.0.113.7 127.0.0.1 1000 2000\r\n";
            assertThat(answer(behind, proxied + head + "\r\n")).startsWith("HTTP/1.1 403");
            assertThat(answer(open, head + "x-forwarded-for: 198.51.100.7\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(answer(open, proxied + head + "\r\n")).startsWith("HTTP/1.1 400");
            assertThat(seen).containsExactly("203.0.113.7", "127.0.0.1");
        }
    }

    private static String answer(SocketIoServer server, String request) throws IOException {
        try (Socket wire = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            write(wire, request);
            return readLine(wire);
        }
    }

    @Test
    void whoSendsTooFastIsClosed() {
        try (SocketIoServer server =
                SocketIoServer.builder().port(0).maxPacketsPerSecond(50).start()) {
            try (Peer peer = Peer.in(server, "/")) {
                for (int i = 0; i < 5_000 && !peer.isClosed(); i++) {
                    try {
                        peer.send("42[\"a\"]");
                    } catch (CompletionException closedMeanwhile) {
                        break;
                    }
                }
                peer.closed();
            }
            await().untilAsserted(() -> assertThat(server.statistics().closes()).containsEntry(CloseCause.RATE, 1L));
        }
    }

    @Test
    void aSlowHandlerHoldsItsClientBackAndLosesNothing() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        try (SocketIoServer server = SocketIoServer.builder()
                .port(0)
                .maxQueuedPackets(10)
                .pingInterval(Duration.ofMillis(100))
                .pingTimeout(Duration.ofMillis(300))
                .start()) {
            server.main().on("work", (socket, arguments, ack) -> {
                release.await();
                handled.incrementAndGet();
            });
            try (Peer peer = Peer.in(server, "/")) {
                for (int i = 0; i < 500; i++) {
                    peer.send("42[\"work\"]");
                }
                await().pollDelay(Duration.ofMillis(800))
                        .until(() -> server.statistics().sessions() == 1);
                release.countDown();
                await().until(() -> handled.get() == 500);
                assertThat(peer.isClosed()).isFalse();
            }
        }
    }

    @Test
    void whoDoesNotReadIsClosedAndHoldsNoMoreThanItsBound() throws IOException {
        try (SocketIoServer server = SocketIoServer.builder()
                .port(0)
                .maxOutboundBytes(64 * 1024)
                .sendBuffer(16 * 1024)
                .slowReaderTimeout(Duration.ofMillis(500))
                .start()) {
            try (Socket deaf = webSocket(server);
                    Peer healthy = Peer.in(server, "/")) {
                write(deaf, frame("40"));
                await().until(() -> server.main().sockets().size() == 2);
                String text = "x".repeat(1000);
                for (int i = 0; i < 2_000; i++) {
                    server.emit("tick", i, text);
                    assertThat(healthy.next()).startsWith("42[\"tick\"," + i + ",");
                    assertThat(server.statistics().queuedBytes()).isLessThan(512 * 1024);
                }
                await().until(() -> server.main().sockets().size() == 1);
                assertThat(server.statistics().closes().entrySet())
                        .filteredOn(cause -> cause.getValue() > 0)
                        .extracting(java.util.Map.Entry::getKey)
                        .isSubsetOf(CloseCause.SLOW_READER, CloseCause.OVERFLOW)
                        .isNotEmpty();
            }
            await().untilAsserted(
                            () -> assertThat(server.statistics().memoryBytes()).isZero());
        }
    }

    @Test
    void whoDoesNotReadIsThinnedWhereTheEventSaysSo() throws IOException {
        try (SocketIoServer server = SocketIoServer.builder()
                .port(0)
                .maxOutboundBytes(64 * 1024)
                .sendBuffer(16 * 1024)
                .start()) {
            try (Socket deaf = webSocket(server)) {
                write(deaf, frame("40"));
                await().until(() -> server.main().sockets().size() == 1);
                String text = "x".repeat(1000);
                for (int i = 0; i < 20_000; i++) {
                    server.main().all().overflow(Overflow.DROP_OLDEST).emit("tick", i, text);
                }
                assertThat(server.statistics().dropped()).isPositive();
                assertThat(server.statistics().queuedBytes()).isLessThan(256 * 1024);
                for (int i = 0; i < 1_000; i++) {
                    server.main().all().keepLatest("price").emit("price", i);
                }
                assertThat(server.statistics().replaced()).isPositive();
                assertThat(server.statistics().sessions()).isEqualTo(1);
            }
        }
    }

    private static int refusedWith(SocketIoServer server) {
        try (Peer unexpected = Peer.open(server)) {
            throw new AssertionError("let in: " + unexpected.sid());
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof WebSocketHandshakeException answered) {
                return answered.getResponse().statusCode();
            }
            throw refused;
        }
    }

    /** A WebSocket on a bare socket, which reads nothing but the answer to its handshake. */
    static Socket webSocket(SocketIoServer server) throws IOException {
        Socket wire = new Socket();
        wire.setReceiveBufferSize(8 * 1024);
        wire.connect(server.address());
        write(
                wire,
                String.join(
                        "\r\n",
                        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                        "host: a",
                        "connection: upgrade",
                        "upgrade: websocket",
                        "sec-websocket-version: 13",
                        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
                        "",
                        ""));
        assertThat(readLine(wire)).startsWith("HTTP/1.1 101");
        return wire;
    }

    /** A text frame with a mask of zeros. */
    private static byte[] frame(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[6 + bytes.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | bytes.length);
        System.arraycopy(bytes, 0, frame, 6, bytes.length);
        return frame;
    }

    private static void write(Socket wire, String text) throws IOException {
        write(wire, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Socket wire, byte[] bytes) throws IOException {
        wire.getOutputStream().write(bytes);
        wire.getOutputStream().flush();
    }

    private static String readLine(Socket wire) throws IOException {
        InputStream in = wire.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
