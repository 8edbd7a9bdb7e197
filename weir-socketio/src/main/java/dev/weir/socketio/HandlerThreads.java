package dev.weir.socketio;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that handlers run on: a virtual one for each burst of a client's events where the JVM has them, else a
 * bounded number of platform threads. What waits for them is bounded by the clients' own queues.
 */
final class HandlerThreads {

    /** Where there are no virtual threads. */
    static final int MAX_THREADS = 64;

    private static final int IDLE_SECONDS = 2;

    private HandlerThreads() {}

    /** An executor of a server's own, to be shut down with it. */
    static ExecutorService start() {
        ExecutorService virtual = virtual();
        return virtual == null ? platform() : virtual;
    }

    /** By reflection: the bytecode is for Java 17, which does not know them. */
    private static @Nullable ExecutorService virtual() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException older) {
            return null;
        }
    }

    private static ExecutorService platform() {
        AtomicInteger numbers = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread =
                            new Thread(null, task, "weir-socketio-handler-" + numbers.incrementAndGet(), 0, false);
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Ends an executor that {@link #start} made, and waits so long for what it has to do. */
    static void stop(Executor executor, Duration wait) {
        if (executor instanceof ExecutorService service) {
            service.shutdown();
            try {
                // Whether it was in time makes no difference here.
                boolean unused = service.awaitTermination(wait.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
