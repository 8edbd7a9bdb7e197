package dev.weir.benchmarks.socketio;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.AtomicHistogram;

/** Clients that send a message now and then and want it back, far below what the server could do. */
final class HealthyEcho implements AutoCloseable {

    private static final String MESSAGE = "42[\"echo\",\"" + "x".repeat(100) + "\"]";
    private static final int PERIOD_MILLIS = 20;
    private static final int MOST = 20;

    private final AtomicHistogram micros = new AtomicHistogram(TimeUnit.MINUTES.toMicros(1), 3);
    private final List<AtomicLong> waiting = new ArrayList<>();
    private final List<ScheduledFuture<?>> senders = new ArrayList<>();
    private final List<Client> clients;

    HealthyEcho(List<Client> clients) {
        this.clients = clients;
        for (Client client : clients) {
            AtomicLong since = new AtomicLong();
            waiting.add(since);
            client.listen((same, packet) -> record(since.getAndSet(0)));
            senders.add(client.channel()
                    .eventLoop()
                    .scheduleAtFixedRate(
                            () -> {
                                if (since.compareAndSet(0, System.nanoTime())) {
                                    client.send(MESSAGE);
                                }
                            },
                            PERIOD_MILLIS,
                            PERIOD_MILLIS,
                            TimeUnit.MILLISECONDS));
        }
    }

    static int clients(Size size) {
        return Math.min(MOST, size.echoers);
    }

    private void record(long since) {
        if (since != 0) {
            micros.recordValue(Math.min((System.nanoTime() - since) / 1_000, micros.getHighestTrackableValue()));
        }
    }

    void reset() {
        micros.reset();
    }

    /** Of what came back since the last reset, and of what still has not, milliseconds. */
    double p99() {
        waiting.forEach(since -> record(since.get()));
        return micros.getValueAtPercentile(99) / 1e3;
    }

    int alive() {
        return (int)
                clients.stream().filter(client -> client.channel().isActive()).count();
    }

    @Override
    public void close() {
        senders.forEach(sender -> sender.cancel(false));
    }
}
