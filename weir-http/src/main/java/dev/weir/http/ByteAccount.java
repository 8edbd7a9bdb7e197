package dev.weir.http;

import dev.weir.budget.Account;
import dev.weir.budget.MemoryBudget;
import dev.weir.budget.Reclaimer;
import dev.weir.pool.PoolSettings;
import dev.weir.time.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The one account of the memory budget that all routes of a pool are paid from. The engine pays a pool's connections from one
 * account, and a route's own is in the {@link SharedTotal}; so the bytes are paid here, beside it.
 *
 * <p>A grant is asked for on a worker, before an occupant is made. One that is refused is remembered for a second; if the
 * budget finds room in that time, it is kept as a spare for whoever tries next, and given back when nobody does.
 *
 * <p>The lock guards what occupants hold and the spare. The budget is called under it only to book or release bytes, for which
 * it waits for nobody; lending never comes here.
 */
final class ByteAccount implements Reclaimer {

    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Ticker ticker;
    private final LongSupplier coldestIdle;
    private final BooleanSupplier closeColdest;
    private final Account account;

    // Guarded by the lock.
    private long spare;
    private long spareSince;
    private long wanted;
    private long refusedAt;

    ByteAccount(
            String name,
            PoolSettings settings,
            MemoryBudget budget,
            Ticker ticker,
            LongSupplier coldestIdle,
            BooleanSupplier closeColdest) {
        this.ticker = ticker;
        this.coldestIdle = coldestIdle;
        this.closeColdest = closeColdest;
        this.account =
                budget.open(name, settings.budgetFloor(), settings.budgetWeight(), settings.budgetCeiling(), this);
    }

    /** Takes bytes for an occupant that nobody else knows yet; false: there is no room. */
    boolean grant(Occupant occupant, long bytes) {
        lock.lock();
        try {
            if (spare == bytes) {
                spare = 0;
                occupant.granted = bytes;
                return true;
            }
        } finally {
            lock.unlock();
        }
        if (account.tryGrant(bytes)) {
            occupant.granted = bytes;
            return true;
        }
        lock.lock();
        try {
            wanted = bytes;
            refusedAt = ticker.nanos();
        } finally {
            lock.unlock();
        }
        return false;
    }

    /** Books what an occupant was measured to hold in place of what it was granted. */
    void correct(Occupant occupant) {
        long measured = occupant.measured;
        if (measured == 0) {
            return;
        }
        lock.lock();
        try {
            long before = occupant.granted;
            if (before != 0 && before != measured) { // zero: it has ended meanwhile
                occupant.granted = measured;
                account.correct(before, measured);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what an occupant held; may be called again. */
    void release(Occupant occupant) {
        lock.lock();
        try {
            long bytes = occupant.granted;
            occupant.granted = 0;
            if (bytes != 0) {
                account.release(bytes);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Gives back a spare that nobody came for; at each pass of the housekeeper. */
    void pass(long now) {
        lock.lock();
        try {
            if (spare != 0 && now - spareSince >= REMEMBERED_NANOS) {
                account.release(spare);
                spare = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    long grantedBytes() {
        return account.grantedBytes();
    }

    void reconfigure(PoolSettings settings) {
        account.reconfigure(settings.budgetFloor(), settings.budgetWeight(), settings.budgetCeiling());
    }

    void close() {
        lock.lock();
        try {
            if (spare != 0) {
                account.release(spare);
                spare = 0;
            }
            wanted = 0;
        } finally {
            lock.unlock();
        }
        account.close();
    }

    @Override
    public boolean reclaimOne() {
        return closeColdest.getAsBoolean();
    }

    @Override
    public long coldestIdleNanos() {
        return coldestIdle.getAsLong();
    }

    @Override
    public void grantAvailable() {
        long bytes;
        lock.lock();
        try {
            bytes = spare == 0 && ticker.nanos() - refusedAt < REMEMBERED_NANOS ? wanted : 0;
            wanted = 0;
        } finally {
            lock.unlock();
        }
        if (bytes == 0 || !account.tryGrant(bytes)) {
            return;
        }
        lock.lock();
        try {
            spare = bytes;
            spareSince = ticker.nanos();
        } finally {
            lock.unlock();
        }
    }
}
