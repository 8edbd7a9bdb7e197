package dev.weir.http;

import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** The answer to a request that may still wait for its permit; cancelling it withdraws the one or stops the other. */
final class GovernedAnswer<T> extends CompletableFuture<HttpResponse<T>> {

    private final CompletableFuture<?> permit;
    private final Stoppable stoppable = new Stoppable();

    GovernedAnswer(CompletableFuture<?> permit) {
        this.permit = permit;
    }

    void follow(CompletableFuture<HttpResponse<T>> started) {
        stoppable.begun(started);
        CompletableFuture<?> unused = started.whenComplete((response, failure) -> {
            if (failure == null) {
                complete(response);
            } else {
                completeExceptionally(failure);
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            permit.cancel(true);
            stoppable.stop();
        }
        return cancelled;
    }
}
