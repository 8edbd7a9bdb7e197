package dev.weir.jdbc.governed;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that may block, done on a worker by one thread at a time: requested while it is at it, it is done once more. */
final class Chore {

    private final Executor workers;
    private final Runnable work;
    private final AtomicInteger requests = new AtomicInteger();

    /** @param work must not throw */
    Chore(Executor workers, Runnable work) {
        this.workers = workers;
        this.work = work;
    }

    void request() {
        if (requests.getAndIncrement() == 0) {
            workers.execute(this::run);
        }
    }

    private void run() {
        int seen;
        do {
            seen = requests.get();
            work.run();
        } while (!requests.compareAndSet(seen, 0));
    }
}
