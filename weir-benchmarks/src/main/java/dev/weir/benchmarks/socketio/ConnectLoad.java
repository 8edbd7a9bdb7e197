package dev.weir.benchmarks.socketio;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** As many connections a second as there can be, some at a time. */
@SuppressWarnings("FutureReturnValueIgnored") // how it ends is told by the channels
final class ConnectLoad implements Load {

    private static final int AT_ONCE = 32;

    @Override
    public List<Figure> put(Target target, Crowd crowd, Size size) throws Exception {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(size.millis * 3L / 2);
        for (int i = 0; i < AT_ONCE; i++) {
            next(crowd, done, failed, end);
        }
        TimeUnit.MILLISECONDS.sleep(size.millis / 2);
        int warm = done.get();
        long begin = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(size.millis);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return List.of(
                Figure.of("connections", (done.get() - warm) / seconds, "1/s"), Figure.of("failed", failed.get(), ""));
    }

    private static void next(Crowd crowd, AtomicInteger done, AtomicInteger failed, long end) {
        crowd.open().whenComplete((client, failure) -> {
            if (failure != null) {
                failed.incrementAndGet();
            } else {
                done.incrementAndGet();
                client.channel().close();
            }
            if (System.nanoTime() < end) {
                next(crowd, done, failed, end);
            }
        });
    }
}
