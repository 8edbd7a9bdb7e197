package dev.weir.jdbc;

import dev.weir.pool.ManagedPool;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Ends a pool that no manager looks after, by the phases of {@link ManagedPool}. */
final class PoolEnd implements PoolOwner {

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ManagedPool pool;
    private final Duration destroyTimeout;
    private final AtomicBoolean begun = new AtomicBoolean();

    PoolEnd(ManagedPool pool, Duration destroyTimeout) {
        this.pool = pool;
        this.destroyTimeout = destroyTimeout;
    }

    @Override
    public void close(Duration drain) {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        pool.refuse();
        pool.failWaiters();
        if (!await(() -> pool.inUse() == 0, drain)) {
            pool.cancelLeased();
            pool.abortLeased();
        }
        await(() -> pool.connectionsLeft() == 0, destroyTimeout);
        pool.dispose();
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
