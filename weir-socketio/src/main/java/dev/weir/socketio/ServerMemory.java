package dev.weir.socketio;

import dev.weir.budget.Account;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What a server has in memory for its clients, paid from its account of the memory budget. It is granted in slabs, so
 * that a packet costs an addition and not a turn at the budget's lock; what is not needed any more goes back at the
 * housekeeper's pass. What clients have sent and nobody has handled may take half of
 * all, and what they have begun to send a quarter, so that neither keeps out who does neither. Safe for all threads.
 */
final class ServerMemory {

    static final long SLAB = 1 << 18;

    private final Account account;
    private final BooleanSupplier relief;
    private final AtomicLong used = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong granted = new AtomicLong();
    private final Share waiting;
    private final Share unfinished;
    private boolean closed;

    /**
     * @param ceiling of all that the account may be granted
     * @param relief frees memory if it can, and tells whether it did; called without a lock
     */
    ServerMemory(Account account, long ceiling, BooleanSupplier relief) {
        this.account = account;
        this.waiting = new Share(ceiling / 2, ceiling / 8);
        this.unfinished = new Share(ceiling / 4, ceiling / 8);
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

    /** Packets that wait to be handled. */
    Share waiting() {
        return waiting;
    }

    /** What has come of messages that are not whole. */
    Share unfinished() {
        return unfinished;
    }

    /** What clients have sent and nobody has handled. */
    long inbound() {
        return waiting.held() + unfinished.held();
    }

    /** A part of the memory that has a bound of its own. Safe for all threads. */
    final class Share {

        private final long most;
        private final long mark;
        private final AtomicLong held = new AtomicLong();

        Share(long most, long mark) {
            this.most = most;
            this.mark = mark;
        }

        /** Takes bytes, if that is within the bound and the memory has them. Not under a session's lock. */
        boolean take(long bytes) {
            if (held.addAndGet(bytes) <= most && ServerMemory.this.take(bytes)) {
                return true;
            }
            held.addAndGet(-bytes);
            return false;
        }

        void giveBack(long bytes) {
            held.addAndGet(-bytes);
            ServerMemory.this.giveBack(bytes);
        }

        long held() {
            return held.get();
        }

        /** Whether so much is taken that nobody should add to what it has there. */
        boolean isCrowded() {
            return held.get() > mark;
        }
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
