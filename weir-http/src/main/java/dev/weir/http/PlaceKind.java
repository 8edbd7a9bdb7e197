package dev.weir.http;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.util.Deadline;
import org.jspecify.annotations.Nullable;

/** Places for connections of Apache HttpClient, and which entry of the library stands in which. */
final class PlaceKind<C extends HttpConnection> implements OccupantKind<HttpRoute, Place<C>> {

    private final ConnectionCare<C> care;
    private final ConnectionBytes sizes;

    /** As many as there are places, which the total bounds. */
    private final ConcurrentHashMap<PoolEntry<HttpRoute, C>, Place<C>> places = new ConcurrentHashMap<>();

    PlaceKind(ConnectionCare<C> care, ConnectionBytes sizes) {
        this.care = care;
        this.sizes = sizes;
    }

    @Nullable Place<C> find(PoolEntry<HttpRoute, C> entry) {
        return places.get(entry);
    }

    /**
     * Takes what may not be lent out of a place that was just leased: a connection that has been closed, that the server said it
     * would close by now, or that is somebody else's, by its {@code state}. The place is lent all the same, for the library to
     * connect anew.
     */
    void makeReady(Place<C> place, @Nullable Object state) {
        C connection = place.entry.getConnection();
        if (connection != null
                && (!connection.isOpen()
                        || isOthers(place.entry, state)
                        || isExpired(place.entry.getExpiryDeadline()))) {
            place.measured = 0;
            place.entry.discardConnection(CloseMode.IMMEDIATE);
        }
    }

    private static boolean isOthers(PoolEntry<?, ?> entry, @Nullable Object state) {
        Object of = entry.getState();
        return of != null && !of.equals(state);
    }

    /** Reads the clock only where there is a deadline. */
    private static boolean isExpired(Deadline deadline) {
        return !deadline.isMax() && deadline.isExpired();
    }

    /** After its first answer a connection has all its buffers. */
    void measure(Place<C> place) {
        C connection = place.entry.getConnection();
        if (connection != null && place.measured == 0) {
            place.measured = care.bytes(connection);
        }
    }

    @Override
    public Place<C> occupy(HttpRoute route, Debt debt) {
        Place<C> place = new Place<>(route, debt);
        places.put(place.entry, place);
        return place;
    }

    @Override
    public boolean isFit(Place<C> place, Duration timeout) throws Exception {
        C connection = place.entry.getConnection();
        return connection == null || care.isFit(connection, timeout);
    }

    @Override
    public boolean isOver(Place<C> place, long epochMillis) {
        C connection = place.entry.getConnection();
        return connection != null
                && (!connection.isOpen() || place.entry.getExpiryDeadline().isBefore(epochMillis));
    }

    @Override
    public void close(Place<C> place) {
        places.remove(place.entry);
        place.entry.discardConnection(CloseMode.GRACEFUL);
    }

    @Override
    public void abort(Place<C> place) {
        places.remove(place.entry);
        place.entry.discardConnection(CloseMode.IMMEDIATE);
    }

    @Override
    public Iterable<Place<C>> measurable() {
        return places.values();
    }

    @Override
    public long estimatedBytes(HttpRoute route) {
        return sizes.estimate(route.isSecure());
    }

    @Override
    public String endpoint(HttpRoute route) {
        HttpHost first = route.getProxyHost() != null ? route.getProxyHost() : route.getTargetHost();
        return first.toHostString();
    }

    @Override
    public String label(HttpRoute route) {
        String target = route.getTargetHost().toURI();
        return route.getProxyHost() == null
                ? target
                : target + " via " + route.getProxyHost().toHostString();
    }
}
