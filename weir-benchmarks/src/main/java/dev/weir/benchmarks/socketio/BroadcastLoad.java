package dev.weir.benchmarks.socketio;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One client asks, all hear. */
final class BroadcastLoad implements Load {

    private static final int WARM_UP = 3;

    @Override
    public List<Figure> put(Target target, Crowd crowd, Size size) throws Exception {
        List<Client> clients = crowd.open(size.connections);
        double[] millis = new double[size.rounds];
        for (int round = -WARM_UP; round < size.rounds; round++) {
            CountDownLatch heard = new CountDownLatch(clients.size());
            clients.forEach(client -> client.listen((any, packet) -> heard.countDown()));
            long begin = System.nanoTime();
            clients.get(0).send("42[\"broadcast\",1,100,0]");
            if (!heard.await(30, TimeUnit.SECONDS)) {
                throw new TimeoutException(heard.getCount() + " of " + clients.size() + " did not hear it");
            }
            if (round >= 0) {
                millis[round] = (System.nanoTime() - begin) / 1e6;
            }
        }
        Arrays.sort(millis);
        return List.of(
                Figure.of("median", millis[millis.length / 2], "ms"),
                Figure.of("longest", millis[millis.length - 1], "ms"));
    }
}
