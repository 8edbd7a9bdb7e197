package dev.weir.benchmarks.socketio;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is left of connections and rooms that have gone. */
final class WaveLoad implements Load {

    @Override
    public List<Figure> put(Target target, Crowd crowd, Size size) throws Exception {
        Client witness = crowd.open(1).get(0);
        wave(crowd, size.perWave);
        rooms(crowd, size.roomers);
        long heap = settled(witness, size);
        long resident = target.residentKilobytes();
        for (int wave = 0; wave < size.waves; wave++) {
            wave(crowd, size.perWave);
        }
        long afterWaves = settled(witness, size);
        rooms(crowd, size.roomers);
        long afterRooms = settled(witness, size);
        return List.of(
                Figure.of("heap before", heap / 1024.0 / 1024.0, "MiB"),
                Figure.of("heap after the waves", 100.0 * afterWaves / heap, "%"),
                Figure.of("heap after the rooms", 100.0 * afterRooms / heap, "%"),
                Figure.of("resident after both", 100.0 * target.residentKilobytes() / resident, "%"));
    }

    private static void wave(Crowd crowd, int connections) throws Exception {
        Crowd.close(crowd.open(connections));
    }

    /** So many clients join as many rooms, and leave them. */
    private static void rooms(Crowd crowd, int count) throws Exception {
        List<Client> clients = crowd.open(count);
        CountDownLatch left = new CountDownLatch(count);
        for (Client client : clients) {
            client.listen((any, packet) -> left.countDown());
            client.send("42[\"rooms\"," + count + "]");
        }
        if (!left.await(60, TimeUnit.SECONDS)) {
            throw new TimeoutException(left.getCount() + " clients have not left their rooms");
        }
        Crowd.close(clients);
    }

    /** The heap in use, once the server has noticed what has gone: collected twice, for what finalizers and cleaners hold. */
    private static long settled(Client witness, Size size) throws Exception {
        TimeUnit.MILLISECONDS.sleep(size.settleMillis);
        Crowd.collect(witness);
        return Crowd.collect(witness);
    }
}
