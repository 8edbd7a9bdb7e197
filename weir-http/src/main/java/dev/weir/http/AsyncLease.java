package dev.weir.http;

import dev.weir.pool.AcquireException;
import dev.weir.pool.Lease;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.pool.PoolEntry;
import org.jspecify.annotations.Nullable;

/** A request that waits in the engine's queue without a thread. Cancelling it withdraws it. */
final class AsyncLease<C extends HttpConnection> extends CompletableFuture<PoolEntry<HttpRoute, C>>
        implements PreparedLease<C> {

    private final @Nullable Object state;
    private @Nullable RouteEntryPool<C> pool;
    private @Nullable FutureCallback<PoolEntry<HttpRoute, C>> callback;
    private volatile @Nullable CompletableFuture<Lease<Place<C>>> request;

    private @Nullable Lease<Place<C>> lease;

    AsyncLease(@Nullable Object state) {
        this.state = state;
    }

    AsyncLease<C> from(
            RouteEntryPool<C> of, HttpRoute route, Duration timeout, FutureCallback<PoolEntry<HttpRoute, C>> whenDone) {
        pool = of;
        callback = whenDone;
        ask(of, route, timeout);
        return this;
    }

    private void ask(RouteEntryPool<C> of, HttpRoute to, Duration timeout) {
        RoutePool<HttpRoute, Place<C>> route;
        try {
            route = of.route(to);
        } catch (IllegalStateException refused) {
            refuse(refused);
            return;
        }
        CompletableFuture<Lease<Place<C>>> asked =
                of.pools().acquireAsync(route, timeout).toCompletableFuture();
        request = asked;
        CompletableFuture<?> unused = asked.whenComplete((lent, failure) -> {
            if (lent != null) {
                lend(lent);
            } else if (failure instanceof AcquireException refused && of.hasLeft(route, refused) && !isDone()) {
                ask(of, to, timeout);
            } else if (failure != null && !(failure instanceof CancellationException)) {
                refuse(translated(failure));
            }
        });
        if (isCancelled()) {
            asked.cancel(false); // between the two lines
        }
    }

    private void lend(Lease<Place<C>> lent) {
        RouteEntryPool<C> from = Objects.requireNonNull(pool, "a request is made of a pool");
        Place<C> place = from.lent(lent.slot(), lent.word(), state);
        lease = lent;
        place.lease = lent;
        if (complete(place.entry)) {
            callback().completed(place.entry);
        } else {
            from.release(place.entry, place.entry.hasConnection());
        }
    }

    private void refuse(Exception failure) {
        if (completeExceptionally(failure)) {
            callback().failed(failure);
        }
    }

    private FutureCallback<PoolEntry<HttpRoute, C>> callback() {
        return Objects.requireNonNull(callback, "an asynchronous request has a callback");
    }

    /** Notes what the borrower holds, so that its loss can be noticed. */
    void heldBy(Object handle) {
        Lease<Place<C>> lent = lease;
        if (lent != null && lent.isOpen()) {
            lent.slot().heldBy(handle);
        }
    }

    private static Exception translated(Throwable failure) {
        if (failure instanceof AcquireException refused && refused.reason() == AcquireException.Reason.TIMEOUT) {
            Exception timedOut = new ConnectionRequestTimeoutException(refused.getMessage());
            timedOut.initCause(refused);
            return timedOut;
        }
        return failure instanceof Exception exception ? exception : new CompletionException(failure);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            CompletableFuture<Lease<Place<C>>> waiting = request;
            if (waiting != null) {
                waiting.cancel(mayInterruptIfRunning);
            }
            callback().cancelled();
        }
        return cancelled;
    }

    @Override
    public String toString() {
        return String.valueOf(state);
    }
}
