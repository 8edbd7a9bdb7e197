package dev.weir.http;

import dev.weir.pool.ConnectionKind;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import java.util.List;
import java.util.function.IntSupplier;

/** Requests in flight as their manager sees them, together with what their library does with its connections at the end. */
final class GovernedPool implements ManagedPool {

    private final RoutePools<Origin, Permit> permits;
    private final IntSupplier connections;
    private final Runnable evict;
    private final Runnable end;

    /**
     * Makes it.
     *
     * @param connections how many connections the library has; zero where it does not tell
     * @param evict has the library close its idle connections
     * @param end has it give up its threads
     */
    GovernedPool(RoutePools<Origin, Permit> permits, IntSupplier connections, Runnable evict, Runnable end) {
        this.permits = permits;
        this.connections = connections;
        this.evict = evict;
        this.end = end;
    }

    @Override
    public String name() {
        return permits.name();
    }

    @Override
    public PoolSnapshot snapshot() {
        return permits.snapshot();
    }

    @Override
    public ConnectionKind connectionKind() {
        return ConnectionKind.HTTP;
    }

    @Override
    public List<EndpointUse> endpoints() {
        return permits.endpoints();
    }

    @Override
    public PoolSettings settings() {
        return permits.settings();
    }

    @Override
    public void refuse() {
        permits.refuse();
    }

    @Override
    public void failWaiters() {
        permits.failWaiters();
        evict.run();
    }

    @Override
    public int inUse() {
        return permits.inUse();
    }

    @Override
    public void cancelLeased() {
        permits.cancelLeased();
    }

    @Override
    public void abortLeased() {
        permits.abortLeased();
        evict.run();
    }

    @Override
    public int connectionsLeft() {
        int permitsLeft = permits.connectionsLeft();
        if (permitsLeft == 0) {
            evict.run();
        }
        return Math.max(permitsLeft, connections.getAsInt());
    }

    @Override
    public void dispose() {
        permits.dispose();
        evict.run();
        end.run();
    }

    @Override
    public String toString() {
        return permits.toString();
    }
}
