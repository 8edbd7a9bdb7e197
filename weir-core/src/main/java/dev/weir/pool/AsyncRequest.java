package dev.weir.pool;

import java.util.concurrent.CompletableFuture;

/** The future of a request that waits without a thread; cancelling it frees its place in the queue. */
final class AsyncRequest<C> extends CompletableFuture<Lease<C>> {

    private final WaitQueue<C> queue;
    private final Waiter<C> waiter;

    AsyncRequest(WaitQueue<C> queue, long since, long deadline) {
        this.queue = queue;
        this.waiter = new Waiter<>(this, since, deadline);
    }

    Waiter<C> waiter() {
        return waiter;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            queue.withdraw(waiter);
        }
        return cancelled;
    }
}
