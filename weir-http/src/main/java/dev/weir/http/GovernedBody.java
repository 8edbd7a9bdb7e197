package dev.weir.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** The body of an answer; its request is in flight until the body ends, fails, is given up by its reader, or is stopped. */
final class GovernedBody<T> implements HttpResponse.BodySubscriber<T> {

    private final HttpResponse.BodySubscriber<T> reader;
    private final InFlight flight;
    private final AtomicBoolean over = new AtomicBoolean();

    GovernedBody(HttpResponse.BodySubscriber<T> reader, InFlight flight) {
        this.reader = reader;
        this.flight = flight;
    }

    @Override
    public CompletionStage<T> getBody() {
        return reader.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        flight.answered(() -> stop(subscription));
        reader.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long items) {
                subscription.request(items);
            }

            @Override
            public void cancel() {
                over.set(true);
                try {
                    subscription.cancel();
                } finally {
                    flight.end();
                }
            }
        });
    }

    /** The pool is shut down. The library says nothing to a reader whose subscription is cancelled, so it is told here. */
    private void stop(Flow.Subscription subscription) {
        if (over.compareAndSet(false, true)) {
            subscription.cancel();
            reader.onError(new IOException("the request was stopped, for its pool is shut down"));
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (!over.get()) {
            reader.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        try {
            if (over.compareAndSet(false, true)) {
                reader.onError(failure);
            }
        } finally {
            flight.end();
        }
    }

    @Override
    public void onComplete() {
        try {
            if (over.compareAndSet(false, true)) {
                reader.onComplete();
            }
        } finally {
            flight.end();
        }
    }
}
