package dev.weir.benchmarks.socketio;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A server on 127.0.0.1 that answers four events of whoever is in its root namespace: {@code echo} with the same,
 * {@code broadcast} (count, size, a second; 0: at once) with that many events {@code data} to all, {@code rooms} (count) with an
 * event {@code rooms} once the sender has joined and left that many, and {@code gc} with the bytes of the heap in use after a full
 * collection. Pings come every 15 s, 30 s may pass without a pong.
 */
interface PeerServer {

    int PING_INTERVAL_MILLIS = 15_000;
    int PING_TIMEOUT_MILLIS = 30_000;

    int port();

    /** The bytes of the heap in use, after a full collection. */
    static long collect() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Calls the emitter so many times, on a thread of its own. */
    static void broadcast(int count, int size, int perSecond, Consumer<String> emitter) {
        String text = "x".repeat(size);
        Thread thread = new Thread(
                () -> {
                    long begin = System.nanoTime();
                    for (int i = 0; i < count; i++) {
                        if (perSecond > 0) {
                            long due = begin + TimeUnit.SECONDS.toNanos(i) / perSecond;
                            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                                LockSupport.parkNanos(due - now);
                            }
                        }
                        emitter.accept(text);
                    }
                },
                "broadcast");
        thread.setDaemon(true);
        thread.start();
    }
}
