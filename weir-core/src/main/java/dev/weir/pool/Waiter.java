package dev.weir.pool;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request in the queue. Everything but {@link #outcome} is guarded by the queue's lock; the outcome is set once, under
 * that lock, and read by the waiting thread without it.
 */
final class Waiter<C> {

    /** Why a waiter leaves without a slot. */
    record Refusal(
            AcquireException.Reason reason,
            String what,
            @Nullable Throwable cause) {}

    /** Who asked; for an asynchronous request the thread that made it. */
    final Thread thread;

    /** Completed by whoever resolves the request; {@code null} when the thread itself waits. */
    final @Nullable CompletableFuture<Lease<C>> future;

    final long since;
    final long deadline;

    /** Slots that the asking thread holds already. */
    int held;

    @Nullable Waiter<C> previous;

    @Nullable Waiter<C> next;

    boolean queued;

    /** A {@link Slot} in state LEASED for this waiter, or a {@link Refusal}. */
    volatile @Nullable Object outcome;

    Waiter(@Nullable CompletableFuture<Lease<C>> future, long since, long deadline) {
        this.thread = Thread.currentThread();
        this.future = future;
        this.since = since;
        this.deadline = deadline;
    }

    boolean isAsync() {
        return future != null;
    }
}
