package dev.weir.http;

import dev.weir.pool.Pool;
import dev.weir.pool.PoolSnapshot;

/** One route and its pool, with what {@link RoutePools} notes about it at its passes. */
final class RoutePool<K, O extends Occupant> {

    final K route;
    final Pool<O> pool;
    final Debt debt;

    // Guarded by the lock of the pools.
    private long leasesSeen;
    private long usedAt;

    RoutePool(K route, Pool<O> pool, Debt debt, long now) {
        this.route = route;
        this.pool = pool;
        this.debt = debt;
        this.usedAt = now;
    }

    /** Notes whether it was used since the last look; returns how long it has not been, in nanoseconds. */
    long unusedFor(PoolSnapshot snapshot, long now) {
        long leases = snapshot.totals().leases();
        if (leases != leasesSeen || snapshot.leased() > 0 || snapshot.waiting() > 0) {
            leasesSeen = leases;
            usedAt = now;
        }
        return now - usedAt;
    }

    boolean isBusy() {
        return pool.inUse() > 0 || pool.snapshot().waiting() > 0;
    }

    long usedAt() {
        return usedAt;
    }
}
