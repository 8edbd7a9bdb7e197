package dev.weir.http;

import dev.weir.pool.Lease;
import dev.weir.pool.Slot;
import java.util.Objects;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.pool.PoolEntry;
import org.jspecify.annotations.Nullable;

/**
 * The place of one connection of Apache HttpClient: the library's pool entry, which the library fills when it is lent empty.
 * A place lasts as long as its connection: one that is given back without is not lent again.
 */
final class Place<C extends HttpConnection> extends Occupant {

    final PoolEntry<HttpRoute, C> entry;

    // Written by the borrower, read by whoever gives it back, which the library does once for each lease.
    private @Nullable Slot<Place<C>> slot;
    private long word;

    /** Of an asynchronous lease: kept here so that it is not taken for lost, whatever the library keeps. */
    @Nullable Lease<Place<C>> lease;

    Place(HttpRoute route, Debt debt) {
        super(debt);
        this.entry = new PoolEntry<>(route);
    }

    void lentIn(Slot<Place<C>> by, long lease) {
        slot = by;
        word = lease;
    }

    /** The word of the lease; zero, which no lease has, once it was taken. */
    long takeWord() {
        long taken = word;
        word = 0;
        return taken;
    }

    Slot<Place<C>> slot() {
        return Objects.requireNonNull(slot, "a place that is given back has been lent");
    }
}
