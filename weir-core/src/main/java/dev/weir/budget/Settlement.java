package dev.weir.budget;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the books in order after a move: offers what is free to those who were refused, and calls connections back
 * for those who are owed. Owners are called outside the lock by one thread at a time: whoever finds another thread at
 * it leaves a note and goes on, so calls never nest.
 */
final class Settlement {

    /** A connection that nobody used for so many nanoseconds is not worth waiting for a review. */
    private static final long RESTED = 100_000_000;

    private final ReentrantLock lock;
    private final Ledger ledger;
    private final AtomicLong failures = new AtomicLong();

    // Guarded by the lock.
    private boolean running;
    private boolean again;
    private boolean reviewDue;

    Settlement(ReentrantLock lock, Ledger ledger) {
        this.lock = lock;
        this.ledger = ledger;
    }

    /** How often an owner has thrown. */
    long failures() {
        return failures.get();
    }

    void run() {
        run(false);
    }

    /** Asks everyone who waits whether it still does, and then settles by turns. */
    void review() {
        run(true);
    }

    private void run(boolean review) {
        if (!begin(review)) {
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
    private void offer(Account account) {
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

    private boolean begin(boolean review) {
        lock.lock();
        try {
            reviewDue |= review;
            if (running) {
                again = true;
                return false;
            }
            running = ledger.needsSettling();
            reviewDue &= running;
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
            reviewDue = false;
        } finally {
            lock.unlock();
        }
    }

    private void round() {
        boolean byTurns = beginReview();
        Set<Account> told = new HashSet<>();
        Set<Account> withoutIdle = new HashSet<>();
        Set<Account> withoutRested = new HashSet<>();
        Set<Account> withoutAny = new HashSet<>();
        boolean more = true;
        while (more) {
            more = offerNext(told)
                    || reclaimColdest(withoutIdle, byTurns, 0)
                    || (!byTurns && reclaimRested(withoutRested, withoutIdle))
                    || reclaimOnReturn(withoutAny, byTurns);
        }
    }

    /** Returns whether this round reviews; then everyone who waits has been asked. */
    private boolean beginReview() {
        List<Account> waiting;
        lock.lock();
        try {
            if (!reviewDue) {
                return false;
            }
            reviewDue = false;
            ledger.stopCounting();
            waiting = ledger.waiting();
        } finally {
            lock.unlock();
        }
        waiting.forEach(this::offer);
        return true;
    }

    private boolean offerNext(Set<Account> told) {
        Account lucky;
        lock.lock();
        try {
            lucky = ledger.nextToTell(told);
        } finally {
            lock.unlock();
        }
        if (lucky == null) {
            return false;
        }
        told.add(lucky);
        offer(lucky);
        return true;
    }

    /** Returns whether another try makes sense. */
    private boolean reclaimColdest(Set<Account> withoutIdle, boolean byTurns, long leastRest) {
        Account coldest = coldest(debtors(withoutIdle, byTurns), withoutIdle, leastRest);
        if (coldest == null) {
            return false;
        }
        if (!reclaim(coldest, coldest.owner::reclaimOne)) {
            withoutIdle.add(coldest);
        }
        return true;
    }

    /** For those who would have their turn at the next review. Returns whether another try makes sense. */
    private boolean reclaimRested(Set<Account> withoutRested, Set<Account> withoutIdle) {
        withoutRested.addAll(withoutIdle);
        return reclaimColdest(withoutRested, true, RESTED);
    }

    /** For when nobody's connection is idle. Returns whether another try makes sense. */
    private boolean reclaimOnReturn(Set<Account> withoutAny, boolean byTurns) {
        List<Account> debtors = debtors(withoutAny, byTurns);
        if (debtors.isEmpty()) {
            return false;
        }
        Account farthestOver = debtors.get(0);
        if (!reclaim(farthestOver, farthestOver.owner::reclaimOnReturn)) {
            withoutAny.add(farthestOver);
        }
        return true;
    }

    private List<Account> debtors(Set<Account> except, boolean byTurns) {
        lock.lock();
        try {
            return ledger.debtors(except, byTurns);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the account gave, or may give, one up. */
    private boolean reclaim(Account account, BooleanSupplier how) {
        if (!bookReclaim(account)) {
            return true; // the books have moved: look again
        }
        boolean willGo = false;
        try {
            willGo = how.getAsBoolean();
        } catch (RuntimeException failure) {
            failures.incrementAndGet();
        }
        if (!willGo) {
            unbookReclaim(account);
        }
        return willGo;
    }

    private @Nullable Account coldest(List<Account> debtors, Set<Account> withoutIdle, long leastRest) {
        Account coldest = null;
        long longest = -1;
        for (Account account : debtors) {
            long idle = -1;
            try {
                idle = account.owner.coldestIdleNanos();
            } catch (RuntimeException failure) {
                failures.incrementAndGet();
            }
            if (idle < leastRest) {
                withoutIdle.add(account);
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
            account.late = Math.min(account.late, account.reclaiming);
            account.reclaims--;
        } finally {
            lock.unlock();
        }
    }
}
