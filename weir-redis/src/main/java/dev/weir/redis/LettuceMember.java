package dev.weir.redis;

import dev.weir.pool.ConnectionKind;
import dev.weir.pool.Eviction;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pool of Lettuce connections as its manager sees it: with it end the event loops, unless others use them. */
final class LettuceMember implements ManagedPool {

    private final Pool<?> pool;
    private final Runnable onRefuse;
    private final AtomicBoolean disposed = new AtomicBoolean();

    /** @param onRefuse what else is to be done once new requests are turned away */
    LettuceMember(Pool<?> pool, Runnable onRefuse) {
        this.pool = pool;
        this.onRefuse = onRefuse;
    }

    @Override
    public void refuse() {
        pool.refuse();
        onRefuse.run();
    }

    @Override
    public void dispose() {
        pool.dispose();
        if (disposed.compareAndSet(false, true)) {
            LettuceThreads.leave();
        }
    }

    @Override
    public String name() {
        return pool.name();
    }

    @Override
    public PoolSnapshot snapshot() {
        return pool.snapshot();
    }

    @Override
    public ConnectionKind connectionKind() {
        return pool.connectionKind();
    }

    @Override
    public void evict(Eviction how) {
        pool.evict(how);
    }

    @Override
    public PoolSettings settings() {
        return pool.settings();
    }

    @Override
    public List<Pool<?>> engines() {
        return List.of(pool);
    }

    @Override
    public MeasuredConnections measuredConnections() {
        return pool.measuredConnections();
    }

    @Override
    public void failWaiters() {
        pool.failWaiters();
    }

    @Override
    public int inUse() {
        return pool.inUse();
    }

    @Override
    public void cancelLeased() {
        pool.cancelLeased();
    }

    @Override
    public void abortLeased() {
        pool.abortLeased();
    }

    @Override
    public int connectionsLeft() {
        return pool.connectionsLeft();
    }

    @Override
    public String toString() {
        return pool.toString();
    }
}
