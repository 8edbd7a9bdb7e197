package dev.weir.benchmarks.socketio;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.AtomicHistogram;

/** Each client has one message on its way, always. */
@SuppressWarnings("FutureReturnValueIgnored") // how it ends is told by the channels
final class EchoLoad implements Load {

    private static final String MESSAGE = "42[\"echo\",\"" + "x".repeat(100) + "\"]";

    @Override
    public List<Figure> put(Target target, Crowd crowd, Size size) throws Exception {
        List<Client> clients = crowd.open(size.echoers);
        AtomicHistogram micros = new AtomicHistogram(TimeUnit.MINUTES.toMicros(1), 3);
        clients.forEach(client -> {
            AtomicLong sent = new AtomicLong(System.nanoTime());
            client.listen((same, packet) -> {
                long now = System.nanoTime();
                micros.recordValue(Math.min((now - sent.get()) / 1_000, micros.getHighestTrackableValue()));
                sent.set(now);
                same.send(MESSAGE);
            });
            client.send(MESSAGE);
        });
        TimeUnit.MILLISECONDS.sleep(size.millis / 2);
        micros.reset();
        long begin = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(size.millis);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return List.of(
                Figure.of("messages", micros.getTotalCount() / seconds / 1_000, "thousand/s"),
                Figure.of("p99", micros.getValueAtPercentile(99) / 1e3, "ms"));
    }
}
