package dev.weir.http;

import dev.weir.pool.AcquireException;
import dev.weir.pool.Lease;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lets requests go, each with a permit of its origin. */
final class GovernedRequests {

    private final RoutePools<Origin, Permit> pools;

    GovernedRequests(RoutePools<Origin, Permit> pools) {
        this.pools = pools;
    }

    RoutePools<Origin, Permit> pools() {
        return pools;
    }

    /**
     * Waits for a permit on the calling thread.
     *
     * @throws InterruptedIOException if there is none in time, or the thread was interrupted
     * @throws IOException if the request is turned away
     */
    InFlight begin(Origin origin, Duration patience) throws IOException {
        try {
            return new InFlight(pools, pools.lease(origin, shorter(patience).toNanos()));
        } catch (AcquireException | IllegalStateException refused) {
            throw translated(refused);
        }
    }

    /** Asks for a permit without waiting for it; cancelling the future withdraws the request. */
    CompletableFuture<Lease<Permit>> beginAsync(Origin origin, Duration patience) {
        try {
            return pools.acquireAsync(pools.route(origin), shorter(patience)).toCompletableFuture();
        } catch (IllegalStateException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private Duration shorter(Duration patience) {
        Duration ours = pools.settings().acquireTimeout();
        return patience.compareTo(ours) < 0 ? patience : ours;
    }

    static IOException translated(Throwable refused) {
        AcquireException.@Nullable Reason reason =
                refused instanceof AcquireException acquire ? acquire.reason() : null;
        IOException translated =
                reason == AcquireException.Reason.TIMEOUT || reason == AcquireException.Reason.INTERRUPTED
                        ? new InterruptedIOException(refused.getMessage())
                        : new IOException(refused.getMessage());
        translated.initCause(refused);
        return translated;
    }
}
