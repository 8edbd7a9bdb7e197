package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.socketio.codec.Arguments;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Socket.IO as an application sees it, over real WebSockets. */
class SocketIoIT {

    record Order(String item, int count) {}

    private final SocketIoServer server = SocketIoServer.builder().port(0).start();

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void anEventIsHandledByItsTypeAndAnswered() {
        server.of("/shop")
                .onConnection(socket -> socket.on("order", Order.class, (order, ack) -> {
                    if (order != null) {
                        ack.send(order.item() + "×" + order.count());
                    }
                }));
        try (Peer peer = Peer.in(server, "/shop")) {
            peer.send("42/shop,7[\"order\",{\"item\":\"tea\",\"count\":2}]");
            assertThat(peer.next()).isEqualTo("43/shop,7[\"tea×2\"]");
        }
    }

    @Test
    void anArgumentOfAnotherTypeIsTheHandlersFailureAndNobodyElses() {
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        server.onError(failures::add);
        server.onConnection(socket -> socket.on("order", Order.class, (order, ack) -> ack.send("never"))
                .on("ping", (arguments, ack) -> ack.send("pong")));
        try (Peer peer = Peer.in(server, "/")) {
            peer.send("421[\"order\",\"secret-text\"]");
            peer.send("422[\"ping\"]");
            assertThat(peer.next()).isEqualTo("432[\"pong\"]");
            assertThat(failures)
                    .singleElement()
                    .satisfies(failure ->
                            assertThat(failure.getMessage()).contains("Order").doesNotContain("secret-text"));
        }
    }

    @Test
    void aMiddlewareTurnsAwayWithAMessageAndData() {
        server.use(socket -> {
            if (!Map.of("token", "t").equals(socket.auth(Map.class))) {
                throw new ConnectRefusedException("no", Map.of("code", 401));
            }
        });
        try (Peer peer = Peer.open(server)) {
            peer.send("40{\"token\":\"x\"}");
            assertThat(peer.next()).isEqualTo("44{\"message\":\"no\",\"data\":{\"code\":401}}");
            peer.enter("/", "{\"token\":\"t\"}");
        }
    }

    @Test
    void whatAMiddlewareThrowsByAccidentStaysHere() {
        server.use(socket -> {
            throw new IllegalStateException("password=hunter2");
        });
        try (Peer peer = Peer.open(server)) {
            peer.send("40");
            assertThat(peer.next()).isEqualTo("44{\"message\":\"Not admitted\"}");
        }
    }

    @Test
    void roomsExceptAndSelf() {
        server.onConnection(socket -> {
            socket.on("join", String.class, (room, ack) -> {
                socket.join(String.valueOf(room));
                ack.send(true);
            });
            socket.on("say", (arguments, ack) -> socket.to("a").except("b").emit("said", 1));
        });
        try (Peer one = Peer.in(server, "/");
                Peer two = Peer.in(server, "/");
                Peer three = Peer.in(server, "/")) {
            join(one, "a");
            join(two, "a");
            join(three, "a");
            join(three, "b");
            one.send("42[\"say\"]");
            assertThat(two.next()).isEqualTo("42[\"said\",1]");
            server.to("a", "b").emit("all");
            assertThat(one.next()).isEqualTo("42[\"all\"]");
            assertThat(two.next()).isEqualTo("42[\"all\"]");
            assertThat(three.next()).isEqualTo("42[\"all\"]");
            assertThat(server.to("b").fetchSockets().toCompletableFuture().join())
                    .singleElement()
                    .satisfies(socket -> assertThat(socket.rooms()).containsAll(Set.of("a", "b")));
        }
        await().until(() -> server.main().rooms().size() == 0);
    }

    @Test
    void answersAreAwaitedAndLateOnesAreNot() {
        CompletableFuture<Socket> connected = new CompletableFuture<>();
        server.onConnection(connected::complete);
        try (Peer peer = Peer.in(server, "/")) {
            Socket socket = connected.join();
            CompletableFuture<Arguments> answer =
                    socket.emitWithAck("question", 1).toCompletableFuture();
            assertThat(peer.next()).isEqualTo("420[\"question\",1]");
            peer.send("430[\"yes\"]");
            assertThat(answer.join().get(0, String.class)).isEqualTo("yes");
            CompletableFuture<Arguments> late = socket.timeout(Duration.ofMillis(50))
                    .emitWithAck("question", 2)
                    .toCompletableFuture();
            assertThatThrownBy(late::join)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            AckException.class,
                            failure -> assertThat(failure.why()).isEqualTo(AckException.Why.TIMEOUT));
            CompletableFuture<Arguments> lost =
                    socket.emitWithAck("question", 3).toCompletableFuture();
            peer.cut();
            assertThatThrownBy(lost::join).cause().hasMessageContaining("DISCONNECTED");
        }
    }

    @Test
    void aBroadcastGathersItsAnswers() {
        server.onConnection(socket -> socket.join("r"));
        try (Peer one = Peer.in(server, "/");
                Peer two = Peer.in(server, "/")) {
            await().until(() -> server.main().rooms().in("r").size() == 2);
            CompletableFuture<BroadcastAnswers> answers = server.to("r")
                    .timeout(Duration.ofMillis(300))
                    .emitWithAck("q")
                    .toCompletableFuture();
            assertThat(one.next()).isEqualTo("420[\"q\"]");
            assertThat(two.next()).isEqualTo("420[\"q\"]");
            one.send("430[1]");
            assertThat(answers.join().isComplete()).isFalse();
            assertThat(answers.join().expected()).isEqualTo(2);
            assertThat(answers.join().answers()).hasSize(1);
        }
    }

    @Test
    void binaryComesAndGoes() {
        server.main()
                .on(
                        "echo",
                        (socket, arguments, ack) -> socket.emit(
                                "echo", Map.of("bytes", Objects.requireNonNull(arguments.get(0, byte[].class)))));
        try (Peer peer = Peer.in(server, "/")) {
            peer.send("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
            peer.send(new byte[] {1, 2, 3});
            assertThat(peer.next()).isEqualTo("451-[\"echo\",{\"bytes\":{\"_placeholder\":true,\"num\":0}}]");
            assertThat(peer.nextBinary()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aDynamicNamespaceVanishesWithItsLastSocket() {
        server.of(Pattern.compile("/room-\\d+"))
                .onConnection(socket -> socket.emit("in", socket.namespace().name()));
        try (Peer peer = Peer.in(server, "/room-7")) {
            assertThat(peer.next()).isEqualTo("42/room-7,[\"in\",\"/room-7\"]");
            assertThat(server.namespaces()).contains("/room-7");
            peer.send("41/room-7,");
            await().until(() -> !server.namespaces().contains("/room-7"));
            peer.enter("/room-7", "");
        }
        await().until(() -> server.namespaces().equals(List.of("/")));
    }

    @Test
    void aClientThatComesBackFindsItsStateAndWhatItMissed() {
        try (SocketIoServer recovering = SocketIoServer.builder()
                .port(0)
                .connectionStateRecovery(Duration.ofMinutes(1), 1 << 20)
                .start()) {
            CompletableFuture<Socket> first = new CompletableFuture<>();
            CompletableFuture<Socket> second = new CompletableFuture<>();
            recovering.onConnection(socket -> {
                if (!first.complete(socket)) {
                    second.complete(socket);
                }
            });
            String pid;
            String offset;
            try (Peer peer = Peer.open(recovering)) {
                peer.send("40");
                pid = peer.next().replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
                Socket socket = first.join();
                socket.join("room");
                socket.data().put("name", "n");
                socket.emit("event", 1);
                offset = peer.next().replaceAll(".*,\"([^\"]+)\"]", "$1");
            }
            await().until(() -> !first.join().isConnected());
            recovering.to("room").emit("missed", 2);
            recovering.to("other").emit("not for it", 3);
            try (Peer peer = Peer.open(recovering)) {
                peer.send("40{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
                assertThat(peer.next()).contains(first.join().id()).contains(pid);
                assertThat(peer.next()).startsWith("42[\"missed\",2,");
                assertThat(second.join().recovered()).isTrue();
                assertThat(second.join().rooms()).contains("room");
                assertThat(second.join().data()).containsEntry("name", "n");
            }
        }
    }

    @Test
    void aDynamicNamespaceStaysAsLongAsAStateInItMayComeBack() {
        try (SocketIoServer recovering = SocketIoServer.builder()
                .port(0)
                .connectionStateRecovery(Duration.ofSeconds(3), 1 << 20)
                .start()) {
            recovering.of(Pattern.compile("/room-\\d+")).onConnection(socket -> socket.emit("hello"));
            try (Peer peer = Peer.open(recovering)) {
                peer.send("40/room-1,");
                String pid = peer.next().replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
                String offset = peer.next().replaceAll(".*,\"([^\"]+)\"]", "$1");
                peer.cut();
                await().until(() -> recovering.of("/room-1").sockets().isEmpty());
                try (Peer again = Peer.open(recovering)) {
                    again.send("40/room-1,{\"pid\":\"" + pid + "\",\"offset\":\"" + offset + "\"}");
                    assertThat(again.next()).contains(pid);
                }
            }
            await().until(() -> recovering.namespaces().equals(List.of("/")));
        }
    }

    @Test
    void eventsOfASocketAreHandledInOrderWhileOthersGoOn() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        ConcurrentLinkedQueue<Integer> handled = new ConcurrentLinkedQueue<>();
        server.main().on("n", (socket, arguments, ack) -> {
            int number = Objects.requireNonNull(arguments.get(0, Integer.class));
            if (number == 0) {
                release.await();
            }
            handled.add(number);
        });
        server.main().on("free", (socket, arguments, ack) -> ack.send());
        try (Peer slow = Peer.in(server, "/");
                Peer other = Peer.in(server, "/")) {
            for (int i = 0; i < 100; i++) {
                slow.send("42[\"n\"," + i + "]");
            }
            other.send("421[\"free\"]");
            assertThat(other.next()).isEqualTo("431[]");
            assertThat(handled).isEmpty();
            release.countDown();
            await().until(() -> handled.size() == 100);
            assertThat(List.copyOf(handled)).isSorted();
        }
    }

    @Test
    @Tag("virtual-threads")
    void handlersRunOnVirtualThreads() {
        server.main()
                .on(
                        "where",
                        (socket, arguments, ack) ->
                                ack.send(Thread.currentThread().getClass().getName()));
        try (Peer peer = Peer.in(server, "/")) {
            peer.send("421[\"where\"]");
            assertThat(peer.next()).isEqualTo("431[\"java.lang.VirtualThread\"]");
        }
    }

    private static void join(Peer peer, String room) {
        peer.send("421[\"join\",\"" + room + "\"]");
        assertThat(peer.next()).isEqualTo("431[true]");
    }
}
