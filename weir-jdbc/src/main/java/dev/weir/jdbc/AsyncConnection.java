package dev.weir.jdbc;

import dev.weir.pool.AcquireException;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The future of a connection that is waited for without a thread; cancelling it withdraws the request. */
final class AsyncConnection extends CompletableFuture<Connection> {

    private final CompletionStage<Lease<PhysicalConnection>> request;

    private AsyncConnection(CompletionStage<Lease<PhysicalConnection>> request) {
        this.request = request;
    }

    static CompletionStage<Connection> of(Pool<PhysicalConnection> pool, Duration timeout) {
        AsyncConnection future = new AsyncConnection(pool.acquireAsync(timeout));
        future.request.whenComplete(future::take);
        return future;
    }

    private void take(@Nullable Lease<PhysicalConnection> lease, @Nullable Throwable failure) {
        if (lease == null) {
            completeExceptionally(
                    failure instanceof AcquireException refused ? AcquireFailures.translate(refused) : failure);
        } else if (!complete(new LeasedConnection(lease))) {
            lease.close();
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            request.toCompletableFuture().cancel(mayInterruptIfRunning);
        }
        return cancelled;
    }
}
