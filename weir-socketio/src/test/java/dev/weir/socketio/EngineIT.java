package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.PoolEnvironment;
import dev.weir.time.ManualTicker;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Engine.IO over real sockets: transports, the move between them, heartbeats by a clock moved by hand. */
class EngineIT {

    private static final String POLLING = "EIO=4&transport=polling";

    @Test
    void aHandshakeSaysWhatTheServerIsSetTo() throws Exception {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            HttpResponse<String> open = Peer.get(server, POLLING);
            assertThat(open.statusCode()).isEqualTo(200);
            assertThat(open.body())
                    .matches("0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[\"websocket\"],\"pingInterval\":15000,"
                            + "\"pingTimeout\":30000,\"maxPayload\":262144}");
            assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void errorsHaveTheirCodes() throws Exception {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            Map<String, String> refusals = Map.of(
                    "EIO=4&transport=tcp",
                    "{\"code\":0,\"message\":\"Transport unknown\"}",
                    POLLING + "&sid=nobody",
                    "{\"code\":1,\"message\":\"Session ID unknown\"}",
                    "EIO=4&transport=websocket",
                    "{\"code\":3,\"message\":\"Bad request\"}",
                    "EIO=3&transport=polling",
                    "{\"code\":5,\"message\":\"Unsupported protocol version\"}");
            for (Map.Entry<String, String> one : refusals.entrySet()) {
                HttpResponse<String> refused = Peer.get(server, one.getKey());
                assertThat(refused.statusCode()).isEqualTo(400);
                assertThat(refused.body()).isEqualTo(one.getValue());
            }
            assertThat(Peer.post(server, POLLING, "40").body()).contains("\"code\":2");
            assertThat(server.statistics().sessions()).isZero();
        }
    }

    @Test
    void twoPollsAtOnceEndTheSession() throws Exception {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            String session = session(server);
            CompletableFuture<HttpResponse<String>> first = Peer.getAsync(server, session);
            CompletableFuture<HttpResponse<String>> second = Peer.getAsync(server, session);
            assertThat(java.util.List.of(
                            first.join().statusCode(), second.join().statusCode()))
                    .containsExactlyInAnyOrder(200, 400);
            assertThat((first.join().statusCode() == 200 ? first : second)
                            .join()
                            .body())
                    .isEqualTo("1");
            assertThat(Peer.get(server, session).statusCode()).isEqualTo(400);
            assertThat(server.statistics().closes()).containsEntry(CloseCause.OVERLAPPING_REQUESTS, 1L);
        }
    }

    @Test
    void anUpgradeLosesNothing() throws Exception {
        try (SocketIoServer server = SocketIoServer.builder().port(0).start()) {
            server.main().on("count", (socket, arguments, ack) -> {
                for (int i = 0; i < 100; i++) {
                    socket.emit("number", i);
                }
            });
            String session = session(server);
            Peer.post(server, session, "40");
            assertThat(Peer.get(server, session).body()).startsWith("40{\"sid\"");
            CompletableFuture<HttpResponse<String>> waiting = Peer.getAsync(server, session);
            try (Peer socket = Peer.open(server, session.replace("polling", "websocket"))) {
                socket.send("2probe");
                assertThat(socket.next()).isEqualTo("3probe");
                assertThat(waiting.join().body()).isEqualTo("6");
                Peer.post(server, session, "42[\"count\"]");
                socket.send("5");
                for (int i = 0; i < 100; i++) {
                    assertThat(socket.next()).isEqualTo("42[\"number\"," + i + "]");
                }
                assertThat(Peer.get(server, session).statusCode()).isEqualTo(400);
                try (Peer another = Peer.open(server, session.replace("polling", "websocket"))) {
                    another.closed();
                }
                socket.send("40/nowhere,");
                assertThat(socket.next()).isEqualTo("44/nowhere,{\"message\":\"Invalid namespace\"}");
            }
        }
    }

    @Test
    void whoDoesNotAnswerAPingIsGoneInTime() throws Exception {
        ManualTicker ticker = new ManualTicker();
        PoolEnvironment environment =
                PoolEnvironment.manual(ticker, new EventStream(), MemoryBudget.unlimited(), Runnable::run);
        SocketIoServer server =
                SocketIoServer.builder().port(0).environment(environment).start();
        try {
            String session = session(server);
            Peer.post(server, session, "40");
            assertThat(Peer.get(server, session).body()).startsWith("40");
            ticker.advance(Duration.ofSeconds(15));
            environment.tick();
            assertThat(Peer.get(server, session).body()).isEqualTo("2");
            ticker.advance(Duration.ofSeconds(29));
            environment.tick();
            assertThat(Peer.post(server, session, "3").body()).isEqualTo("ok");
            ticker.advance(Duration.ofSeconds(15));
            environment.tick();
            assertThat(Peer.get(server, session).body()).isEqualTo("2");
            ticker.advance(Duration.ofSeconds(30));
            environment.tick();
            await().untilAsserted(
                            () -> assertThat(server.statistics().closes()).containsEntry(CloseCause.PING_TIMEOUT, 1L));
            assertThat(Peer.get(server, session).statusCode()).isEqualTo(400);
        } finally {
            server.asPool().dispose();
        }
    }

    @Test
    void aClientWithoutDeflateIsServedWhereItIsOn() throws Exception {
        try (SocketIoServer server =
                SocketIoServer.builder().port(0).deflate(true).start()) {
            server.main()
                    .on(
                            "echo",
                            (socket, arguments, ack) ->
                                    ack.send(arguments.toList().toArray()));
            try (Peer peer = Peer.in(server, "/")) {
                peer.send("421[\"echo\",\"" + "a".repeat(1000) + "\"]");
                assertThat(peer.next()).isEqualTo("431[\"" + "a".repeat(1000) + "\"]");
            }
        }
    }

    private static String session(SocketIoServer server) throws Exception {
        String open = Peer.get(server, POLLING).body();
        return POLLING + "&sid=" + open.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
    }
}
