package dev.weir.socketio;

import dev.weir.budget.Account;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What a server has in memory for its clients, paid from its account of the memory budget. It is granted in slabs, so
 * that a packet costs an addition and not a turn at the budget's lock; what is not needed any more goes back at the
 * housekeeper's pass. What clients have sent and nobody has handled may take half of all at most, so that those who read
 * are served while others flood. Safe for all threads.
 */
final class ServerMemory {

    static final long SLAB = 1 << 18;

    private final Account account;
    private final BooleanSupplier relief;
    private final AtomicLong used = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong granted = new AtomicLong();
    private final AtomicLong inbound = new AtomicLong();
    private final long maxInbound;
    private boolean closed;

    /**
     * @param ceiling of all that the account may be granted
     * @param relief frees memory if it can, and tells whether it did; called without a lock
     */
    ServerMemory(Account account, long ceiling, BooleanSupplier relief) {
        this.account = account;
        this.maxInbound = ceiling / 2;
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

    /** Takes bytes for what a client has sent, and a part of it perhaps. Not under a session's lock. */
    boolean takeInbound(long bytes) {
        if (inbound.addAndGet(bytes) <= maxInbound && take(bytes)) {
            return true;
        }
        inbound.addAndGet(-bytes);
        return false;
    }

    void giveInboundBack(long bytes) {
        inbound.addAndGet(-bytes);
        giveBack(bytes);
    }

    /** What clients have sent and nobody has handled. */
    long inbound() {
        return inbound.get();
    }

    /** Whether so much has come in that no client should be read before what it sent is handled. */
    boolean isCrowded() {
        return inbound.get() > maxInbound / 2;
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
