package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server closes a connection while its client moves from polling to WebSocket: at each step of the move the client hears
 * {@code 41} first, and then the end, never both in one answer, of which the official client would take the end first.
 */
class LeaveIT {

    private static final String POLLING = "EIO=4&transport=polling";
    private static final String GONE = "{\"code\":1,\"message\":\"Session ID unknown\"}";

    private SocketIoServer server;
    private String session;

    @BeforeEach
    void connect() throws Exception {
        server = SocketIoServer.builder().port(0).start();
        String open = Peer.get(server, POLLING).body();
        session = POLLING + "&sid=" + open.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        Peer.post(server, session, "40");
        assertThat(Peer.get(server, session).body()).startsWith("40{\"sid\"");
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void beforeTheProbeWithAPollWaiting() throws Exception {
        try (Peer candidate = candidate()) {
            CompletableFuture<HttpResponse<String>> poll = poll();
            disconnect();
            assertThat(poll.join().body()).isEqualTo("41");
            assertPollsEnd();
            assertThat(candidate.closed()).isEqualTo(1000);
        }
    }

    @Test
    void beforeTheProbeWithoutAPoll() throws Exception {
        try (Peer candidate = candidate()) {
            disconnect();
            assertThat(Peer.get(server, session).body()).isEqualTo("41");
            assertPollsEnd();
            assertThat(candidate.closed()).isEqualTo(1000);
        }
    }

    @Test
    void beforeTheProbeAndTheClientMovesAllTheSame() throws Exception {
        try (Peer candidate = candidate()) {
            disconnect();
            probe(candidate);
            candidate.send("5");
            assertThat(candidate.next()).isEqualTo("41");
            assertThat(candidate.closed()).isEqualTo(1000);
            assertGone();
        }
    }

    @Test
    void afterTheProbeWithoutAPoll() throws Exception {
        try (Peer candidate = candidate()) {
            CompletableFuture<HttpResponse<String>> poll = poll();
            probe(candidate);
            assertThat(poll.join().body()).isEqualTo("6");
            disconnect();
            candidate.send("5");
            assertThat(candidate.next()).isEqualTo("41");
            assertThat(candidate.closed()).isEqualTo(1000);
            assertGone();
        }
    }

    @Test
    void afterTheProbeWithAPollThatComesLate() throws Exception {
        try (Peer candidate = candidate()) {
            probe(candidate);
            disconnect();
            assertThat(Peer.get(server, session).body()).isEqualTo("41");
            candidate.send("5");
            assertThat(candidate.closed()).isEqualTo(1000);
            assertGone();
        }
    }

    @Test
    void afterTheProbeAndTheClientGivesTheMoveUp() throws Exception {
        try (Peer candidate = candidate()) {
            probe(candidate);
            disconnect();
            candidate.cut();
            assertThat(Peer.get(server, session).body()).isEqualTo("41");
            assertPollsEnd();
        }
    }

    @Test
    void afterTheMove() throws Exception {
        try (Peer moved = candidate()) {
            CompletableFuture<HttpResponse<String>> poll = poll();
            probe(moved);
            assertThat(poll.join().body()).isEqualTo("6");
            moved.send("5");
            moved.send("40/nowhere,");
            assertThat(moved.next()).startsWith("44/nowhere,");
            disconnect();
            assertThat(moved.next()).isEqualTo("41");
            assertThat(moved.closed()).isEqualTo(1000);
            assertGone();
        }
    }

    @Test
    void aPostThatCrossesTheDisconnectIsNoErrorToItsClient() throws Exception {
        disconnect();
        HttpResponse<String> crossing = Peer.post(server, session, "42[\"late\"]");
        assertThat(crossing.statusCode()).isEqualTo(200);
        assertThat(crossing.body()).isEqualTo("ok");
        assertThat(Peer.get(server, session).body()).isEqualTo("41");
        assertPollsEnd();
    }

    @Test
    void whoNeverComesForTheEndIsGoneAllTheSame() throws Exception {
        CompletableFuture<HttpResponse<String>> poll = poll();
        disconnect();
        assertThat(poll.join().body()).isEqualTo("41");
        assertGone();
    }

    private Peer candidate() {
        return Peer.open(server, session.replace("polling", "websocket"));
    }

    private CompletableFuture<HttpResponse<String>> poll() {
        return Peer.getAsync(server, session);
    }

    private static void probe(Peer candidate) {
        candidate.send("2probe");
        assertThat(candidate.next()).isEqualTo("3probe");
    }

    private void disconnect() {
        server.main().sockets().forEach(socket -> socket.disconnect(true));
    }

    private void assertPollsEnd() throws Exception {
        assertThat(Peer.get(server, session).body()).isEqualTo("1");
        assertThat(Peer.get(server, session).body()).isEqualTo(GONE);
        assertGone();
    }

    private void assertGone() {
        await().untilAsserted(() -> assertThat(server.statistics().sessions()).isZero());
        assertThat(server.statistics().closes()).containsEntry(CloseCause.SERVER, 1L);
    }
}
