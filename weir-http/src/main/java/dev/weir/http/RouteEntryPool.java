package dev.weir.http;

import dev.weir.event.CloseReason;
import dev.weir.pool.AcquireException;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.Slot;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.ManagedConnPool;
import org.apache.hc.core5.pool.PoolEntry;
import org.apache.hc.core5.pool.PoolStats;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The extension point of Apache HttpClient, {@link ManagedConnPool}, over {@link RoutePools}.
 *
 * <p>A request without a callback waits on the thread that calls {@link Future#get}; one with a callback waits without a thread.
 * Both wait at most as long as asked for and as the acquire timeout.
 */
final class RouteEntryPool<C extends HttpConnection> implements ManagedConnPool<HttpRoute, C> {

    private final RoutePools<HttpRoute, Place<C>> pools;
    private final PlaceKind<C> kind;
    private final PoolEnd end;

    RouteEntryPool(RoutePools<HttpRoute, Place<C>> pools, PlaceKind<C> kind, PoolEnd end) {
        this.pools = pools;
        this.kind = kind;
        this.end = end;
    }

    RoutePools<HttpRoute, Place<C>> pools() {
        return pools;
    }

    PoolEnd end() {
        return end;
    }

    // Lending

    @Override
    public Future<PoolEntry<HttpRoute, C>> lease(
            HttpRoute route,
            @Nullable Object state,
            @Nullable Timeout timeout,
            @Nullable FutureCallback<PoolEntry<HttpRoute, C>> callback) {
        if (callback == null) {
            BlockingLease<C> lease =
                    prepared(state) instanceof BlockingLease<C> known ? known : new BlockingLease<>(state);
            return lease.from(this, route);
        }
        AsyncLease<C> lease = prepared(state) instanceof AsyncLease<C> known ? known : new AsyncLease<>(state);
        return lease.from(this, route, wait(timeout), callback);
    }

    /** Our connection managers pass the request itself in place of the state, to get at it. */
    @SuppressWarnings("unchecked") // only a manager over this pool makes them, and of its own connections
    private @Nullable PreparedLease<C> prepared(@Nullable Object state) {
        return state instanceof PreparedLease<?> lease ? (PreparedLease<C>) lease : null;
    }

    Place<C> lease(HttpRoute route, @Nullable Object state, long timeoutNanos) {
        Slot<Place<C>> slot = pools.lease(route, timeoutNanos);
        return lent(slot, slot.word(), state);
    }

    Place<C> lent(Slot<Place<C>> slot, long word, @Nullable Object state) {
        Place<C> place = slot.connection();
        place.lentIn(slot, word);
        kind.makeReady(place, state);
        return place;
    }

    RoutePool<HttpRoute, Place<C>> route(HttpRoute route) {
        return pools.route(route);
    }

    boolean hasLeft(RoutePool<HttpRoute, Place<C>> route, AcquireException refused) {
        return pools.hasLeft(route, refused);
    }

    /** The shorter of the caller's patience and the acquire timeout; the library writes none as zero or less. */
    private Duration wait(@Nullable Timeout asked) {
        Duration ours = pools.settings().acquireTimeout();
        return asked == null || asked.getDuration() <= 0 || asked.toDuration().compareTo(ours) > 0
                ? ours
                : asked.toDuration();
    }

    long waitNanos(long asked, TimeUnit unit) {
        long ours = pools.settings().acquireTimeout().toNanos();
        return asked <= 0 ? ours : Math.min(ours, unit.toNanos(asked));
    }

    @Override
    public void release(@Nullable PoolEntry<HttpRoute, C> entry, boolean reusable) {
        Place<C> place = entry == null ? null : kind.find(entry);
        if (entry == null || place == null) {
            if (entry != null) {
                entry.discardConnection(CloseMode.IMMEDIATE); // taken back while it was lent
            }
            return;
        }
        long word = place.takeWord();
        if (word == 0) {
            return; // was given back before
        }
        C connection = entry.getConnection();
        if (reusable && connection != null) {
            kind.measure(place);
            pools.giveBack(place.slot(), word, place);
        } else {
            CloseReason reason = connection != null && connection.isOpen() ? CloseReason.DIRTY : CloseReason.BROKEN;
            place.slot().pool().retire(place.slot(), word, reason);
        }
    }

    // Steering

    @Override
    public void setMaxTotal(int max) {
        pools.maxTotal(positive(max));
    }

    @Override
    public int getMaxTotal() {
        return pools.maxTotal();
    }

    @Override
    public void setDefaultMaxPerRoute(int max) {
        pools.reconfigure(pools.settings().toBuilder().max(positive(max)).build());
    }

    @Override
    public int getDefaultMaxPerRoute() {
        return pools.settings().max();
    }

    @Override
    public void setMaxPerRoute(HttpRoute route, int max) {
        pools.maxOf(route, max < 0 ? max : positive(max));
    }

    @Override
    public int getMaxPerRoute(HttpRoute route) {
        return pools.maxOf(route);
    }

    @Override
    public void closeIdle(TimeValue idleTime) {
        long latest = System.currentTimeMillis() - Math.max(0, idleTime.toMilliseconds());
        pools.closeIdle(place -> place.entry.hasConnection() && place.entry.getUpdated() <= latest);
    }

    @Override
    public void closeExpired() {
        pools.closeOver();
    }

    private static int positive(int max) {
        if (max < 1) {
            throw new IllegalArgumentException("a maximum of " + max + " connections: use 1 or more");
        }
        return max;
    }

    // Looking

    @Override
    public Set<HttpRoute> getRoutes() {
        return pools.routes();
    }

    @Override
    public PoolStats getTotalStats() {
        return stats(pools.snapshot(), pools.maxTotal());
    }

    @Override
    public PoolStats getStats(HttpRoute route) {
        PoolSnapshot snapshot = pools.snapshotOf(route);
        int max = pools.maxOf(route);
        return snapshot == null ? new PoolStats(0, 0, 0, max) : stats(snapshot, max);
    }

    private static PoolStats stats(PoolSnapshot snapshot, int max) {
        return new PoolStats(snapshot.leased(), snapshot.waiting(), snapshot.idle(), max);
    }

    // Ending

    /** At once, as the library's own pools do: connections at work are aborted. */
    @Override
    public void close(CloseMode closeMode) {
        end.run(Duration.ZERO);
    }

    @Override
    public void close() {
        end.run(Duration.ZERO);
    }

    @Override
    public String toString() {
        return pools.toString();
    }
}
