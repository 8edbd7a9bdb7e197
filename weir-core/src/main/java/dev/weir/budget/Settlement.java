package dev.weir.budget;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings the books in order after a move: offers what is free to those who were refused, and calls connections back
 * for those who are owed. Owners are called outside the lock by one thread at a time: whoever finds another thread at
 * it leaves a note and goes on, so calls never nest.
 */
final class Settlement {

    private final ReentrantLock lock;
    private final Ledger ledger;
    private final AtomicLong failures = new AtomicLong();

    // Guarded by the lock.
    private boolean running;
    private boolean again;

    Settlement(ReentrantLock lock, Ledger ledger) {
        this.lock = lock;
        this.ledger = ledger;
    }

    /** How often an owner has thrown. */
    long failures() {
        return failures.get();
    }

    void run() {
        if (!begin()) {
            return;
        }
        boolean ended = false;
        try {
            do {
                round();
                ended = end();
            } while (!ended);
        } finally {
            if (!ended) {
                abandon();
            }
        }
    }

    /** Tells the account that its demand may be met, and forgets the demand if it does not ask again. */
    void offer(Account account) {
        long asked;
        lock.lock();
        try {
            asked = account.asked;
        } finally {
            lock.unlock();
        }
        try {
            account.owner.grantAvailable();
        } catch (RuntimeException failure) {
            failures.incrementAndGet();
        }
        lock.lock();
        try {
            if (account.asked == asked) {
                account.demand = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean begin() {
        lock.lock();
        try {
            if (running) {
                again = true;
                return false;
            }
            running = ledger.needsSettling();
            return running;
        } finally {
            lock.unlock();
        }
    }

    private boolean end() {
        lock.lock();
        try {
            running = again;
            again = false;
            return !running;
        } finally {
            lock.unlock();
        }
    }

    private void abandon() {
        lock.lock();
        try {
            running = false;
            again = false;
        } finally {
            lock.unlock();
        }
    }

    private void round() {
        Set<Account> told = new HashSet<>();
        Set<Account> dry = new HashSet<>();
        while (true) {
            Account lucky;
            List<Account> debtors;
            lock.lock();
            try {
                lucky = ledger.nextToTell(told);
                debtors = lucky == null ? ledger.debtors(dry) : List.of();
            } finally {
                lock.unlock();
            }
            if (lucky != null) {
                told.add(lucky);
                offer(lucky);
            } else if (!reclaimColdest(debtors, dry)) {
                return;
            }
        }
    }

    /** Returns whether another try makes sense. */
    private boolean reclaimColdest(List<Account> debtors, Set<Account> dry) {
        Account coldest = coldest(debtors, dry);
        if (coldest == null) {
            return false;
        }
        if (!bookReclaim(coldest)) {
            return true;
        }
        boolean willGo = false;
        try {
            willGo = coldest.owner.reclaimOne();
        } catch (RuntimeException failure) {
            failures.incrementAndGet();
        }
        if (!willGo) {
            dry.add(coldest);
            unbookReclaim(coldest);
        }
        return true;
    }

    private @Nullable Account coldest(List<Account> debtors, Set<Account> dry) {
        Account coldest = null;
        long longest = -1;
        for (Account account : debtors) {
            long idle = -1;
            try {
                idle = account.owner.coldestIdleNanos();
            } catch (RuntimeException failure) {
                failures.incrementAndGet();
            }
            if (idle < 0) {
                dry.add(account);
            } else if (idle > longest) {
                coldest = account;
                longest = idle;
            }
        }
        return coldest;
    }

    /** Between the choice and this the books may have moved: nobody is called back who may not be any more. */
    private boolean bookReclaim(Account account) {
        lock.lock();
        try {
            if (!account.mayLoseOne()) {
                return false;
            }
            account.reclaiming++;
            account.reclaims++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void unbookReclaim(Account account) {
        lock.lock();
        try {
            account.reclaiming = Math.max(0, account.reclaiming - 1);
            account.reclaims--;
        } finally {
            lock.unlock();
        }
    }
}
