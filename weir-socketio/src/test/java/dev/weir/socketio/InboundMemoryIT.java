package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What clients have sent and nobody has handled: paid, bounded for all together, and given back. */
class InboundMemoryIT {

    private static final int MEBI = 1024 * 1024;
    private static final int HALF = 50_000;

    @Test
    void whoeverSendsWhileTooMuchWaitsIsNotReadAndLosesNothing() throws Exception {
        int clients = 4;
        int events = 100;
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger handled = new AtomicInteger();
        ExecutorService senders = Executors.newFixedThreadPool(clients);
        try (SocketIoServer server =
                SocketIoServer.builder().port(0).memory(0, 4 * MEBI).start()) {
            server.main().on("work", (socket, arguments, ack) -> {
                release.await();
                handled.incrementAndGet();
            });
            String event = "42[\"work\",\"" + "x".repeat(20_000) + "\"]";
            List<Peer> peers = new ArrayList<>();
            List<CompletableFuture<Void>> sent = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                Peer peer = Peer.in(server, "/");
                peers.add(peer);
                sent.add(CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; n < events; n++) {
                                peer.send(event);
                            }
                        },
                        senders));
            }
            await().until(() -> server.statistics().inboundBytes() > MEBI / 2);
            await().during(300, TimeUnit.MILLISECONDS)
                    .until(() -> server.statistics().inboundBytes() <= 2 * MEBI);
            release.countDown();
            await().untilAsserted(() ->
                    assertThat(handled).as("%s", server.statistics()).hasValue(clients * events));
            sent.forEach(CompletableFuture::join);
            assertThat(peers).as("%s", server.statistics()).noneMatch(Peer::isClosed);
            peers.forEach(Peer::cut);
            nothingIsLeft(server);
        } finally {
            release.countDown();
            senders.shutdownNow();
        }
    }

    @Test
    void whoBeginsAMessageThatNoMemoryIsLeftForIsClosed() {
        try (SocketIoServer server =
                SocketIoServer.builder().port(0).memory(0, MEBI / 4).start()) {
            server.main().on("beat", (socket, arguments, ack) -> ack.send());
            try (Peer healthy = Peer.in(server, "/")) {
                List<Peer> peers = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    Peer peer = Peer.in(server, "/");
                    peers.add(peer);
                }
                for (Peer peer : peers) {
                    try {
                        peer.sendFragment("42[\"" + "x".repeat(20_000), false);
                    } catch (CompletionException closedMeanwhile) {
                        assertThat(closedMeanwhile).hasCauseInstanceOf(IOException.class);
                    }
                }
                await().until(() -> peers.stream().anyMatch(Peer::isClosed));
                assertThat(server.statistics().inboundBytes()).isLessThanOrEqualTo(MEBI / 16);
                await().untilAsserted(
                                () -> assertThat(server.statistics().closes()).containsKey(CloseCause.MEMORY));
                healthy.send("421[\"beat\"]");
                assertThat(healthy.next()).isEqualTo("431[]");
                peers.forEach(Peer::cut);
            }
            nothingIsLeft(server);
        }
    }

    @Test
    void attachmentsThatWaitForTheirRestArePaid() {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            try (Peer peer = Peer.in(server, "/")) {
                peer.send("452-[\"a\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
                peer.send(new byte[HALF]);
                halfIsPaid(server);
            }
            nothingIsLeft(server);
        }
    }

    @Test
    void aFrameThatIsNotWholeIsPaid() throws IOException {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            try (Socket wire = HostileIT.webSocket(server)) {
                ByteBuffer frame = ByteBuffer.allocate(14 + HALF)
                        .put((byte) 0x81)
                        .put((byte) (0x80 | 127))
                        .putLong(2 * HALF);
                wire.getOutputStream().write(frame.array());
                halfIsPaid(server);
            }
            nothingIsLeft(server);
        }
    }

    @Test
    void aBodyThatIsNotWholeIsPaid() throws Exception {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            String sid =
                    Peer.get(server, "EIO=4&transport=polling").body().replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            try (Socket wire = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                String head = "POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                        + " HTTP/1.1\r\nhost: a\r\ncontent-length: " + 2 * HALF + "\r\n\r\n";
                wire.getOutputStream().write((head + "4".repeat(HALF)).getBytes(StandardCharsets.US_ASCII));
                halfIsPaid(server);
            }
            nothingIsLeft(server);
        }
    }

    private static void halfIsPaid(SocketIoServer server) {
        await().untilAsserted(
                        () -> assertThat(server.statistics().inboundBytes()).isBetween((long) HALF, 4L * HALF));
        assertThat(server.statistics().memoryBytes()).isGreaterThan(HALF);
    }

    private static void nothingIsLeft(SocketIoServer server) {
        await().untilAsserted(() -> {
            assertThat(server.statistics().inboundBytes()).isZero();
            assertThat(server.statistics().memoryBytes()).isZero();
        });
    }
}
