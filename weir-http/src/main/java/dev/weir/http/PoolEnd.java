package dev.weir.http;

import dev.weir.ConnectionPoolManager;
import dev.weir.pool.ManagedPool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Ends one pool by the phases of {@link ManagedPool}, and takes it out of its manager. */
final class PoolEnd {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ManagedPool pool;
    private final @Nullable ConnectionPoolManager manager;
    private final AtomicBoolean begun = new AtomicBoolean();

    PoolEnd(ManagedPool pool, @Nullable ConnectionPoolManager manager) {
        this.pool = pool;
        this.manager = manager;
    }

    boolean hasBegun() {
        return begun.get();
    }

    /**
     * Ends the pool. Does nothing when called again.
     *
     * @param drain how long what is lent may take to come back before it is aborted
     */
    void run(Duration drain) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        pool.refuse();
        pool.failWaiters();
        if (!await(() -> pool.inUse() == 0, drain)) {
            pool.cancelLeased();
            pool.abortLeased();
        }
        await(() -> pool.connectionsLeft() == 0, pool.settings().destroyTimeout());
        pool.dispose();
        if (manager != null) {
            manager.unregister(pool.name());
        }
    }

    /** An interrupt ends the wait at once and stays set: what is left is aborted. */
    private static boolean await(BooleanSupplier done, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
