package dev.weir.jdbc.governed;

import dev.weir.jdbc.governed.ForeignPool.Terms;
import dev.weir.jdbc.governed.ForeignPool.Use;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a governed pool may have, what it is granted, and what it is to give back. Thread-safe; nothing is called from in
 * here but the pool's own setters, so that what is set there is always what is written here.
 *
 * <p>The law of it: the limit set in the pool is never above the grants, and the grants, once {@link #settle settled}, are
 * never fewer than the connections seen.
 */
final class Books {

    /** The least room to grow between two looks. */
    private static final int LEAST_ROOM = 4;

    private final ForeignPool pool;
    private final ReentrantLock lock = new ReentrantLock();

    // All guarded by the lock.
    private final RestingTimes resting = new RestingTimes();
    private Terms owners;
    private int limit;
    private int min;
    private int grants;
    private int lastSize;
    /** Connections that a pool that cannot be resized is to close; others owe what is above their limit. */
    private int calledBack;

    private boolean winding;
    private boolean ended;

    /** A limit and the one before. */
    record Change(int from, int to) {}

    Books(ForeignPool pool) {
        this.pool = pool;
        this.owners = pool.terms();
        this.limit = owners.max();
        this.min = owners.min();
    }

    /** From here on the pool has no more than it is granted. */
    void open(Use use) {
        lock.lock();
        try {
            limitTo(use.size());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Compares the grants with what is there and what is allowed. Grants that are too many are written off, and the caller
     * releases them.
     *
     * @return how many grants are missing, or, negative, how many were written off
     */
    int settle(Use use, long now) {
        lock.lock();
        try {
            int closed = Math.max(0, lastSize - use.size());
            resting.observe(use.idle(), closed, now);
            lastSize = use.size();
            calledBack = Math.max(0, Math.min(calledBack - closed, use.idle()));
            int due = ended ? 0 : pool.resizable() && !winding ? Math.max(limit, use.size()) : use.size();
            int missing = due - grants;
            grants = Math.min(grants, due);
            return missing;
        } finally {
            lock.unlock();
        }
    }

    void granted(int more) {
        lock.lock();
        try {
            grants += more;
        } finally {
            lock.unlock();
        }
    }

    /** The owner may set the pool as he likes, at any time; what he sets is what is asked for. */
    void heedOwner() {
        lock.lock();
        try {
            Terms now = pool.terms();
            if (!winding && (now.max() != limit || now.min() != min)) {
                owners = new Terms(
                        now.min() == min ? owners.min() : now.min(),
                        now.max() == limit ? owners.max() : now.max(),
                        now.acquireTimeout(),
                        now.idleTimeout(),
                        now.maxLifetime(),
                        now.leakThreshold());
                limitTo(Math.min(Math.min(limit, grants), owners.max()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** What it is short of: whoever waits needs a connection, and when all are leased, the next to come will. */
    int needed(Use use) {
        lock.lock();
        try {
            int more = use.waiting() > 0 ? use.waiting() : use.leased() >= limit ? 1 : 0;
            return winding ? 0 : (int) Math.min(owners.max(), (long) use.leased() + more);
        } finally {
            lock.unlock();
        }
    }

    /** What it would have with no thought of others: room to double before it is looked at again. */
    int wished(Use use) {
        lock.lock();
        try {
            long grown = (long) use.size() + Math.max(LEAST_ROOM, use.size());
            return winding ? 0 : (int) Math.min(owners.max(), Math.max(owners.min(), grown));
        } finally {
            lock.unlock();
        }
    }

    /** Raises the limit as far as the grants go. */
    @Nullable Change raise(int connections) {
        lock.lock();
        try {
            int allowed = Math.min(connections, grants);
            return winding || allowed <= limit ? null : change(allowed);
        } finally {
            lock.unlock();
        }
    }

    /** Lowers the limit if the room above what is there is more than twice that of this one. */
    @Nullable Change lower(Use use, int connections) {
        lock.lock();
        try {
            boolean far = unusedNow(use) > 2L * Math.max(0, connections - use.size());
            return winding || !far ? null : change(Math.max(connections, use.size()));
        } finally {
            lock.unlock();
        }
    }

    /** Connections it may open. */
    int unused(Use use) {
        lock.lock();
        try {
            return unusedNow(use);
        } finally {
            lock.unlock();
        }
    }

    private int unusedNow(Use use) {
        return Math.max(0, limit - use.size());
    }

    /** Connections it may open for those who wait. */
    int toOpen(Use use) {
        lock.lock();
        try {
            return winding ? 0 : Math.min(use.waiting(), unusedNow(use));
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is a grant for nothing, or a connection to spare, that is not called back yet. */
    private boolean canGive(Use use) {
        if (winding || !pool.evicts()) {
            return false;
        }
        if (!pool.resizable()) {
            // Below its minimum it would open it again.
            return use.idle() > calledBack && use.size() - calledBack > owners.min();
        }
        return limit > 1 && (limit > use.size() || use.idle() > use.size() - limit);
    }

    /** How long what would be given back next has been to spare; negative: nothing is. */
    long coldest(Use use, long now) {
        lock.lock();
        try {
            if (!canGive(use)) {
                return -1;
            }
            // What was never opened is missed by nobody.
            return pool.resizable() && limit > use.size()
                    ? Long.MAX_VALUE
                    : Math.max(0, resting.longest(owed(use), now));
        } finally {
            lock.unlock();
        }
    }

    /** Calls one back; {@code null} if there is none. The limit of a pool that cannot be resized stays. */
    @Nullable Change callBack(Use use) {
        lock.lock();
        try {
            if (!canGive(use)) {
                return null;
            }
            if (pool.resizable()) {
                return change(limit - 1);
            }
            calledBack++;
            return new Change(limit, limit);
        } finally {
            lock.unlock();
        }
    }

    /** Idle connections that are to go now. */
    int toEvict(Use use) {
        lock.lock();
        try {
            boolean all = winding && pool.resizable();
            return pool.evicts() ? Math.min(use.idle(), all ? use.idle() : owed(use)) : 0;
        } finally {
            lock.unlock();
        }
    }

    /** The pool did what it could. */
    void evicted() {
        lock.lock();
        try {
            calledBack = 0;
        } finally {
            lock.unlock();
        }
    }

    private int owed(Use use) {
        return pool.resizable() ? Math.max(0, use.size() - limit) : calledBack;
    }

    private Change change(int connections) {
        int before = limit;
        limitTo(connections);
        return new Change(before, limit);
    }

    private void limitTo(int connections) {
        if (pool.resizable()) {
            limit = Math.max(1, connections);
            min = Math.min(owners.min(), limit);
            pool.resize(min, limit);
        }
    }

    /** Nothing is asked for any more, and what comes to rest goes. */
    void windUp() {
        lock.lock();
        try {
            winding = true;
        } finally {
            lock.unlock();
        }
    }

    /** No grants from here on. */
    void end(boolean restore) {
        lock.lock();
        try {
            winding = true;
            ended = true;
            if (restore && pool.resizable()) {
                pool.resize(owners.min(), owners.max());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The most connections the pool may have for now. */
    int limit() {
        lock.lock();
        try {
            return pool.resizable() ? limit : owners.max();
        } finally {
            lock.unlock();
        }
    }

    /** What its owner wants it to be set to. */
    Terms owners() {
        lock.lock();
        try {
            return owners;
        } finally {
            lock.unlock();
        }
    }
}
