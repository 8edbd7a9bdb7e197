package dev.weir.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Permits for requests of a library that keeps its connections to itself. */
final class PermitKind implements OccupantKind<Origin, Permit> {

    private final ConnectionBytes sizes;
    private final IntConsumer fewer;
    private final AtomicInteger permits = new AtomicInteger();

    /**
     * Makes it.
     *
     * @param sizes what a connection of the library is taken to need
     * @param fewer called with what is left when there is a permit less, for the library to have no more connections than that
     */
    PermitKind(ConnectionBytes sizes, IntConsumer fewer) {
        this.sizes = sizes;
        this.fewer = fewer;
    }

    /** Permits there are, in use or not. */
    int permits() {
        return permits.get();
    }

    @Override
    public Permit occupy(Origin origin, Debt debt) {
        permits.incrementAndGet();
        return new Permit(debt);
    }

    @Override
    public boolean isFit(Permit permit, Duration timeout) {
        return true;
    }

    @Override
    public boolean isOver(Permit permit, long epochMillis) {
        return false;
    }

    @Override
    public void close(Permit permit) {
        if (permit.endOnce()) {
            fewer.accept(permits.decrementAndGet());
        }
    }

    @Override
    public void abort(Permit permit) {
        permit.stop();
        close(permit);
    }

    @Override
    public void cancel(Permit permit) {
        permit.stop();
    }

    @Override
    public boolean isBusy(Permit permit) {
        return permit.isUnderWay();
    }

    @Override
    public Iterable<Permit> measurable() {
        return List.of();
    }

    @Override
    public long estimatedBytes(Origin origin) {
        return sizes.estimate(origin.isSecure());
    }

    @Override
    public String endpoint(Origin origin) {
        return origin.endpoint();
    }

    @Override
    public String label(Origin origin) {
        return origin.toString();
    }
}
