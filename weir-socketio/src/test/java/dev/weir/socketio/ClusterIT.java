package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.redis.local.LocalRedis;
import dev.weir.socketio.codec.Arguments;
import dev.weir.socketio.redis.RedisStreams;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server of Weir and one of Node.js with npm's Redis Streams adapter, as one. */
class ClusterIT {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static LocalRedis redis;
    private static RedisClient client;
    private static RedisStreams streams;
    private static SocketIoServer weir;
    private static ClusterNode node;
    private static final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        redis = LocalRedis.start();
        client = RedisClient.create();
        streams = RedisStreams.builder(client, RedisURI.create(redis.url())).connect();
        weir = server(streams);
        weir.main().onServerSide("hello", (arguments, ack) -> {
            heard.add(String.valueOf(arguments.get(0, String.class)));
            ack.send("weir " + arguments.get(0, String.class));
        });
        node = ClusterNode.start(redis.url());
        await().atMost(LONG)
                .until(() -> weir.main().servers().toCompletableFuture().join() == 2);
        await().atMost(LONG).until(() -> node.tell("servers").asInt() == 2);
    }

    private static SocketIoServer server(RedisStreams over) {
        SocketIoServer server = SocketIoServer.builder()
                .port(0)
                .connectionStateRecovery(Duration.ofMinutes(1), 1 << 20)
                .adapter(over)
                .start();
        server.main().on("join", (socket, arguments, ack) -> {
            socket.join(String.valueOf(arguments.get(0, String.class)));
            socket.data().put("from", "weir");
            ack.send(true);
        });
        return server;
    }

    @AfterAll
    static void end() throws IOException {
        node.close();
        weir.close();
        streams.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
        redis.close();
    }

    private record Member(Peer peer, String sid, String pid) implements AutoCloseable {
        static Member in(int port, String room) {
            Peer peer = Peer.open(port, "EIO=4&transport=websocket");
            peer.send("40");
            String reply = peer.next();
            String sid = reply.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            String pid = reply.replaceAll(".*\"pid\":\"([^\"]+)\".*", "$1");
            peer.send("420[\"join\",\"" + room + "\"]");
            assertThat(peer.next()).isEqualTo("430[true]");
            return new Member(peer, sid, pid);
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    private static String offset(String event) {
        assertThat(event).matches("42\\[.*\"\\d+-\\d+\"]");
        return event.replaceAll(".*\"(\\d+-\\d+)\"]", "$1");
    }

    @Test
    void aRoomSpansBothInOneOrder() throws IOException {
        try (Member here = Member.in(weir.port(), "both");
                Member there = Member.in(node.port(), "both");
                Member other = Member.in(weir.port(), "other")) {
            weir.to("both").emit("said", "by weir");
            String first = here.peer().next();
            assertThat(first).startsWith("42[\"said\",\"by weir\",");
            assertThat(there.peer().next()).isEqualTo(first);
            node.tell("emit", "both", List.of(), "said", "by node");
            String second = here.peer().next();
            assertThat(second).startsWith("42[\"said\",\"by node\",");
            assertThat(there.peer().next()).isEqualTo(second);
            weir.to("both").except(there.sid()).emit("said", "not there");
            node.tell("emit", "both", List.of(here.sid()), "said", "not here");
            assertThat(here.peer().next()).contains("not there");
            assertThat(there.peer().next()).contains("not here");
            weir.to("both", "other").emit("last");
            assertThat(other.peer().next()).contains("last");
        }
    }

    @Test
    void binaryCrossesBothWays() throws IOException {
        try (Member here = Member.in(weir.port(), "bytes");
                Member there = Member.in(node.port(), "bytes")) {
            weir.to("bytes").emit("binary", (Object) new byte[] {1, 2, 3});
            getsBinary(here.peer(), 1, 2, 3);
            getsBinary(there.peer(), 1, 2, 3);
            node.tell("emitBinary", "bytes", 4, 5);
            getsBinary(here.peer(), 4, 5);
            getsBinary(there.peer(), 4, 5);
        }
    }

    private static void getsBinary(Peer peer, int... bytes) {
        assertThat(peer.next()).startsWith("451-[\"binary\",{\"_placeholder\":true,\"num\":0}");
        assertThat(peer.nextBinary()).containsExactly(bytes);
    }

    @Test
    void socketsAreFoundMovedAndDisconnectedFromTheOtherServer() throws IOException {
        try (Member here = Member.in(weir.port(), "found");
                Member there = Member.in(node.port(), "found")) {
            List<RemoteSocket> all =
                    weir.to("found").fetchSockets().toCompletableFuture().join();
            assertThat(all).extracting(RemoteSocket::id).containsExactlyInAnyOrder(here.sid(), there.sid());
            assertThat(all).anySatisfy(socket -> assertThat(socket.data()).containsEntry("from", "node"));
            JsonNode seen = node.tell("fetch");
            assertThat(seen.findValuesAsText("id")).contains(here.sid(), there.sid());
            assertThat(seen.findValuesAsText("from")).contains("weir", "node");
            weir.to(there.sid()).socketsJoin("moved");
            node.tell("join", here.sid(), "moved");
            await().atMost(LONG)
                    .until(() -> weir.to("moved")
                                    .fetchSockets()
                                    .toCompletableFuture()
                                    .join()
                                    .size()
                            == 2);
            weir.to("moved").socketsLeave("moved");
            await().atMost(LONG)
                    .until(() -> weir.to("moved")
                            .fetchSockets()
                            .toCompletableFuture()
                            .join()
                            .isEmpty());
            weir.to(there.sid()).disconnectSockets(true);
            node.tell("disconnect", here.sid());
            there.peer().closed();
            here.peer().closed();
        }
    }

    @Test
    void answersComeFromBothServers() throws Exception {
        try (Member here = Member.in(weir.port(), "asked");
                Member there = Member.in(node.port(), "asked")) {
            CompletableFuture<BroadcastAnswers> answers =
                    weir.to("asked").emitWithAck("question").toCompletableFuture();
            for (Peer peer : List.of(here.peer(), there.peer())) {
                String question = peer.next();
                assertThat(question).contains("[\"question\"]");
                peer.send("43" + question.replaceAll("42(\\d+).*", "$1") + "[7]");
            }
            assertThat(answers.join().isComplete()).isTrue();
            assertThat(answers.join().expected()).isEqualTo(2);
            CompletableFuture<JsonNode> asked = CompletableFuture.supplyAsync(() -> tell("ask", "asked"));
            for (Peer peer : List.of(here.peer(), there.peer())) {
                String question = peer.next();
                peer.send("43" + question.replaceAll("42(\\d+).*", "$1") + "[8]");
            }
            assertThat(asked.join().toString()).isEqualTo("[8,8]");
        }
    }

    private static JsonNode tell(String command, Object... arguments) {
        try {
            return node.tell(command, arguments);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void serversTalkToEachOther() throws Exception {
        weir.main().serverSideEmit("hello", "from weir");
        await().atMost(LONG).until(() -> node.tell("heard").toString().contains("from weir"));
        node.tell("hello", "from node");
        assertThat(heard.poll(20, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo("from node");
        BroadcastAnswers answers = weir.main()
                .serverSideEmitWithAck("hello", "q")
                .toCompletableFuture()
                .join();
        assertThat(answers.isComplete()).isTrue();
        Arguments answer = answers.answers().get(0);
        assertThat(Objects.requireNonNull(answer.get(0, JsonNode.class))
                        .path("node")
                        .asText())
                .isEqualTo("q");
        assertThat(node.tell("helloAck", "q").toString()).isEqualTo("[\"weir q\"]");
        heard.clear();
    }

    @Test
    void aClientComesBackToTheOtherServer() throws IOException {
        comesBack(weir.port(), node.port(), "to-node");
        comesBack(node.port(), weir.port(), "to-weir");
    }

    private static void comesBack(int from, int to, String room) throws IOException {
        String offset;
        Member member = Member.in(from, room);
        weir.to(room).emit("one");
        offset = offset(member.peer().next());
        member.peer().cut();
        try (StatefulRedisConnection<String, String> connection = client.connect(RedisURI.create(redis.url()))) {
            await().atMost(LONG).until(() -> connection.sync().exists("sio:session:" + member.pid()) == 1);
        }
        weir.to(room).emit("two");
        node.tell("emit", room, List.of(), "three");
        try (Peer back = Peer.open(to, "EIO=4&transport=websocket")) {
            back.send("40{\"pid\":\"" + member.pid() + "\",\"offset\":\"" + offset + "\"}");
            // Node.js sends what was missed before it says that the client is in.
            List<String> first = List.of(back.next(), back.next(), back.next());
            assertThat(first)
                    .anyMatch(reply -> reply.contains(member.sid()) && reply.contains(member.pid()))
                    .anyMatch(event -> event.startsWith("42[\"two\","))
                    .anyMatch(event -> event.startsWith("42[\"three\","));
            weir.to(room).emit("four");
            assertThat(back.next()).startsWith("42[\"four\",");
        }
    }
}
