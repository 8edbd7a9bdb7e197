package dev.weir.benchmarks;

import dev.weir.benchmarks.client.OpenClient;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** Threads that each send one request after the other through a client; how many were answered, and how long that took. */
final class ClientLoad {

    private static final long LIMIT_MILLIS = 60_000;

    private final Subject subject;
    private final OpenClient client;

    ClientLoad(Subject subject, OpenClient client) {
        this.subject = subject;
        this.client = client;
    }

    void warmUp(int requests) throws Exception {
        for (int i = 0; i < requests; i++) {
            client.request(i);
        }
    }

    /** Requests of platform threads, for so long. */
    List<Figure> timed(int threads, long millis) throws Exception {
        long end = System.nanoTime() + millis * 1_000_000;
        String variant = threads == 1 ? "1 thread" : threads + " threads";
        return run(variant, Thread::new, threads, done -> System.nanoTime() - end < 0);
    }

    /** So many requests of each of so many virtual threads. */
    List<Figure> virtual(int threads, int requests) throws Exception {
        return run(threads + " virtual threads", Borrowers.virtualThreads(), threads, done -> done < requests);
    }

    private List<Figure> run(String variant, ThreadFactory kind, int threads, IntPredicate more) throws Exception {
        // One for all: ten thousand would fill the heap.
        ConcurrentHistogram times = new ConcurrentHistogram(3);
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Borrowers.Outcome outcome = Borrowers.together(kind, threads, LIMIT_MILLIS, index -> {
            try {
                long begin = System.nanoTime();
                for (int done = 0; more.test(done); done++) {
                    client.request(index + done);
                    long now = System.nanoTime();
                    times.recordValue(now - begin);
                    begin = now;
                }
            } catch (Exception failed) {
                failure.compareAndSet(null, failed);
            }
        });
        if (failure.get() != null) {
            throw new IllegalStateException("a request failed", failure.get());
        }
        return List.of(
                figure(variant, "throughput", times.getTotalCount() / (outcome.nanos() / 1e9) / 1e3, "k/s"),
                figure(variant, "p50", times.getValueAtPercentile(50) / 1e6, "ms"),
                figure(variant, "p99", times.getValueAtPercentile(99) / 1e6, "ms"),
                figure(variant, "longest", times.getMaxValue() / 1e6, "ms"),
                figure(variant, "stuck threads", outcome.stuck(), ""));
    }

    private Figure figure(String variant, String metric, double value, String unit) {
        return Figure.of(subject.row(), variant, subject.pool(), metric, value, unit);
    }
}
