package dev.weir.http;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Stops an exchange, be it asked to before the exchange has begun or after. */
final class Stoppable {

    private volatile @Nullable CompletableFuture<?> exchange;
    private volatile boolean stopped;

    void begun(CompletableFuture<?> future) {
        exchange = future;
        if (stopped) {
            future.cancel(true);
        }
    }

    void stop() {
        stopped = true;
        CompletableFuture<?> begun = exchange;
        if (begun != null) {
            begun.cancel(true);
        }
    }
}
