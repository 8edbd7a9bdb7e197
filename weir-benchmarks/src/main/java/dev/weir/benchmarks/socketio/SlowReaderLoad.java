package dev.weir.benchmarks.socketio;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Some clients stop reading, every other of them goes on to say that it lives; one reads all that it gets. */
@SuppressWarnings("FutureReturnValueIgnored") // how it ends is told by the channels
final class SlowReaderLoad implements Load {

    private static final int SLOW = 10;
    private static final double MEBI = 1_024;

    @Override
    public List<Figure> put(Target target, Crowd crowd, Size size) throws Exception {
        Client healthy = crowd.open(1).get(0);
        List<Client> slow = crowd.open(SLOW);
        Crowd.collect(healthy);
        long before = target.residentKilobytes();
        for (int i = 0; i < SLOW; i++) {
            Client sleeper = slow.get(i);
            sleeper.channel().config().setAutoRead(false);
            if (i % 2 == 0) {
                sleeper.channel().eventLoop().scheduleAtFixedRate(() -> sleeper.send("3"), 1, 1, TimeUnit.SECONDS);
            }
        }
        AtomicInteger heard = new AtomicInteger();
        healthy.listen((any, packet) -> heard.incrementAndGet());
        healthy.send("42[\"broadcast\"," + size.events + ",1000," + size.eventsPerSecond + "]");
        long most = before;
        AtomicLong progress = new AtomicLong(System.nanoTime());
        for (int last = 0; heard.get() < size.events && quietFor(progress) < 10; ) {
            TimeUnit.MILLISECONDS.sleep(20);
            most = Math.max(most, target.residentKilobytes());
            if (heard.get() > last) {
                last = heard.get();
                progress.set(System.nanoTime());
            }
        }
        int closed = closedAfterReadingOn(slow, size);
        Crowd.close(slow);
        long after = healthy.channel().isActive() ? settled(target, healthy, size) : target.residentKilobytes();
        return List.of(
                Figure.of("most, a slow client", (most - before) / MEBI / SLOW, "MiB"),
                Figure.of("healthy client has", 100.0 * heard.get() / size.events, "%"),
                Figure.of("slow ones closed", closed, "of " + SLOW),
                Figure.of("resident once they are gone", 100.0 * after / before, "%"));
    }

    private static double quietFor(AtomicLong progress) {
        return (System.nanoTime() - progress.get()) / 1e9;
    }

    /** A client sees that it was closed only when it has read what was on its way. */
    private static int closedAfterReadingOn(List<Client> slow, Size size) throws InterruptedException {
        slow.forEach(client -> client.channel().config().setAutoRead(true));
        TimeUnit.MILLISECONDS.sleep(size.settleMillis);
        return (int)
                slow.stream().filter(client -> !client.channel().isActive()).count();
    }

    private static long settled(Target target, Client witness, Size size) throws Exception {
        TimeUnit.MILLISECONDS.sleep(size.settleMillis);
        Crowd.collect(witness);
        return target.residentKilobytes();
    }
}
