package dev.weir.socketio;

import dev.weir.budget.Account;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What a server has in memory for its clients, paid from its account of the memory budget. It is granted in slabs, so
 * that a packet costs an addition and not a turn at the budget's lock; what is not needed any more goes back at the
 * housekeeper's pass. Safe for all threads.
 */
final class OutboundMemory {

    static final long SLAB = 1 << 18;

    private final Account account;
    private final BooleanSupplier relief;
    private final AtomicLong used = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong granted = new AtomicLong();
    private boolean closed;

    /** @param relief frees memory if it can, and tells whether it did; called without a lock */
    OutboundMemory(Account account, BooleanSupplier relief) {
        this.account = account;
        this.relief = relief;
    }

    /** Takes bytes, if the budget has them or relief can be had. */
    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= granted.get() || grow()) {
            return true;
        }
        while (relief.getAsBoolean()) {
            if (used.get() <= granted.get() || grow()) {
                return true;
            }
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    long used() {
        return used.get();
    }

    long granted() {
        return granted.get();
    }

    /** Whether what is in use is covered. */
    private boolean grow() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            long missing = used.get() - granted.get();
            if (missing <= 0) {
                return true;
            }
            long slabs = (missing + SLAB - 1) / SLAB * SLAB;
            if (account.tryGrant(slabs)) {
                granted.addAndGet(slabs);
                return true;
            }
            if (account.tryGrant(missing)) {
                granted.addAndGet(missing);
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Gives everything back, whatever buffers are still on their way to be freed; grants nothing any more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            account.release(granted.getAndSet(0));
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what is granted and not in use, but for a slab, so that little traffic does not come and go. */
    void trim() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            long spare = granted.get() - used.get();
            long keep = used.get() > 0 ? SLAB : 0;
            if (spare > keep) {
                granted.addAndGet(keep - spare);
                account.release(spare - keep);
            }
        } finally {
            lock.unlock();
        }
    }
}
