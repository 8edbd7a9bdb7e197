package dev.weir.benchmarks.compare;

import dev.weir.benchmarks.socketio.Client;
import dev.weir.time.Ticker;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The WebSocket clients: a round is over when each of them has it; some of them then send as much up. Thread-safe. */
final class Audience {

    private static final String TEXT = "u".repeat(Lane.LARGE_ROUND.eventBytes());
    /** Of {@code 42["LARGE_ROUND-17","xxx}: more than the name needs. */
    private static final int HEAD = 40;

    private record Round(Order order, AtomicInteger missing) {}

    private final List<Client> clients;
    private final Tallies tallies;
    private final Map<String, Round> rounds = new ConcurrentHashMap<>();

    Audience(List<Client> clients, Tallies tallies) {
        this.clients = clients;
        this.tallies = tallies;
        clients.forEach(client -> client.listen(this::heard));
    }

    /** A round is about to be ordered. */
    void expect(Order order) {
        rounds.put(order.lane() + "-" + order.number(), new Round(order, new AtomicInteger(clients.size())));
    }

    private void heard(Client client, ByteBuf packet) {
        String head =
                packet.toString(packet.readerIndex(), Math.min(HEAD, packet.readableBytes()), StandardCharsets.UTF_8);
        String[] pieces = head.split("\"", 3);
        String name = pieces.length < 2 ? "" : pieces[1];
        Round round = rounds.get(name);
        if (round != null && round.missing().decrementAndGet() == 0) {
            rounds.remove(name);
            Order order = round.order();
            tallies.of(order.lane()).answered(order.intended(), Ticker.system().nanos(), 1);
            String up = "42[\"" + Stage.UP + "\",\""
                    + TEXT.substring(0, order.lane().eventBytes()) + "\"]";
            clients.stream().limit(Lane.SPEAKERS).forEach(speaker -> speaker.send(up));
        }
    }
}
