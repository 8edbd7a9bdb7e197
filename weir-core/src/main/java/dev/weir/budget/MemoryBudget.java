package dev.weir.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A limit in bytes over all its accounts. Thread-safe.
 *
 * <p>What is <em>promised</em> to an account is its floor or its grants, whichever is more. Grants keep the sum of
 * promises within the limit, so a request within a floor always succeeds. Lowering the limit, or a correction, can
 * leave the promises above it; then grants never raise them and connections are reclaimed.
 *
 * <p>Free bytes are lent to whoever asks first. Only while an account that holds less than its fair share waits for
 * bytes are others kept from growing beyond theirs at its expense, and asked to close their coldest idle connections;
 * when none is idle, whoever is farthest over its share ends one as it comes back. What comes free is offered first to
 * the account that holds least for its weight, among equals to the one that has waited longest.
 *
 * <p>Where there are more accounts than connections, a fair share is less than a connection. Then accounts take turns:
 * at each {@link #review()} those that hold nothing are owed what they wait for, the longest waiting first. Before it they
 * are only given connections that nobody used for a tenth of a second, so that accounts cannot take a connection from
 * each other with every request.
 *
 * <p>The lock is held for arithmetic only; {@link Reclaimer}s are called outside it.
 */
public final class MemoryBudget {

    /** The most accounts a budget keeps; more is a leak of accounts. */
    public static final int MAX_ACCOUNTS = 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Ledger ledger;
    private final Settlement settlement;

    private MemoryBudget(long limit) {
        ledger = new Ledger(requireNotNegative("limit", limit));
        settlement = new Settlement(lock, ledger);
    }

    /** A budget of so many bytes. */
    public static MemoryBudget ofBytes(long limit) {
        return new MemoryBudget(limit);
    }

    /** A budget that counts and never refuses. */
    public static MemoryBudget unlimited() {
        return new MemoryBudget(Long.MAX_VALUE);
    }

    /**
     * Opens an account.
     *
     * @param name shown in snapshots and errors
     * @param floorBytes set aside for it; 0 or more
     * @param weight its part of what no floor sets aside, relative to the others; 1 or more
     * @param ceilingBytes what it never asks beyond; {@link Long#MAX_VALUE}: no such bound
     * @throws IllegalArgumentException for numbers out of range
     * @throws BudgetExceededException if the floor does not fit beside what is promised to others
     * @throws IllegalStateException beyond {@value #MAX_ACCOUNTS} accounts
     */
    public Account open(String name, long floorBytes, int weight, long ceilingBytes, Reclaimer owner) {
        requireTerms(floorBytes, weight, ceilingBytes);
        lock.lock();
        try {
            if (ledger.accounts.size() >= MAX_ACCOUNTS) {
                throw new IllegalStateException("a memory budget keeps at most " + MAX_ACCOUNTS
                        + " accounts; close those of pools that are gone");
            }
            requireRoom(name, floorBytes, ledger.promised());
            Account account = new Account(this, name, floorBytes, weight, ceilingBytes, owner);
            ledger.accounts.add(account);
            return account;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Changes the limit. Above a lowered limit nothing more is granted beyond the floors, and connections are
     * reclaimed until the promises fit.
     *
     * @throws IllegalArgumentException if negative
     * @throws BudgetExceededException if the floors need more
     */
    public void limit(long bytes) {
        requireNotNegative("limit", bytes);
        lock.lock();
        try {
            if (bytes < ledger.floors()) {
                throw new BudgetExceededException("a limit of " + bytes + " bytes is below the sum of the floors, "
                        + ledger.floors() + ": lower floors first");
            }
            ledger.limit = bytes;
        } finally {
            lock.unlock();
        }
        settlement.run();
    }

    /** The limit in bytes; {@link Long#MAX_VALUE} when unlimited. */
    public long limitBytes() {
        lock.lock();
        try {
            return ledger.limit;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes granted to all accounts together. */
    public long grantedBytes() {
        lock.lock();
        try {
            return ledger.granted();
        } finally {
            lock.unlock();
        }
    }

    /** Every account, in the order they were opened; closed ones as long as bytes are granted to them. */
    public List<AccountSnapshot> accounts() {
        lock.lock();
        try {
            FairShares shares = ledger.shares();
            List<AccountSnapshot> snapshots = new ArrayList<>(ledger.accounts.size());
            for (Account account : ledger.accounts) {
                snapshots.add(account.snapshot(shares.of(account)));
            }
            return snapshots;
        } finally {
            lock.unlock();
        }
    }

    /** How often a {@link Reclaimer} has thrown. */
    public long reclaimerFailures() {
        return settlement.failures();
    }

    /**
     * Asks every account that was refused whether it still wants the bytes, and reclaims again for those that do, also
     * for those that hold nothing and whose fair share is less than a connection. To be called now and then, a few
     * times a second: connections come to rest, and requests give up, without the budget hearing of it, and the time
     * between two calls is what an account keeps a connection for when others wait for theirs. Costs one look at each
     * account while nobody is refused.
     */
    public void review() {
        settlement.review();
    }

    boolean grant(Account account, long bytes) {
        requireNotNegative("bytes", bytes);
        if (tryBook(account, bytes)) {
            return true;
        }
        settlement.run();
        // What was called back may have come back already.
        if (tryBook(account, bytes)) {
            return true;
        }
        lock.lock();
        try {
            account.refusals++;
        } finally {
            lock.unlock();
        }
        return false;
    }

    private boolean tryBook(Account account, long bytes) {
        lock.lock();
        try {
            if (account.closed || bytes > account.ceiling - account.granted) {
                return false; // and no demand: no room in the budget would help
            }
            if (ledger.admits(account, bytes)) {
                account.granted += bytes;
                account.grants++;
                account.largest = Math.max(account.largest, bytes);
                account.demand = 0;
                ledger.moved();
                return true;
            }
            ledger.refused(account, bytes);
            return false;
        } finally {
            lock.unlock();
        }
    }

    void release(Account account, long bytes) {
        requireNotNegative("bytes", bytes);
        lock.lock();
        try {
            requireHeld(account, bytes);
            account.granted -= bytes;
            account.grants = Math.max(0, account.grants - 1);
            account.reclaiming = Math.max(0, account.reclaiming - 1);
            if (account.grants == 0) {
                account.reclaiming = 0;
                account.largest = account.granted;
            }
            account.late = Math.min(account.late, account.reclaiming);
            ledger.moved();
            forgetIfDone(account);
        } finally {
            lock.unlock();
        }
        settlement.run();
    }

    void correct(Account account, long from, long to) {
        requireNotNegative("fromBytes", from);
        requireNotNegative("toBytes", to);
        lock.lock();
        try {
            requireHeld(account, from);
            account.granted = Ledger.saturatedAdd(account.granted - from, to);
            account.largest = Math.max(account.largest, to);
            ledger.moved();
        } finally {
            lock.unlock();
        }
        settlement.run();
    }

    void reconfigure(Account account, long floor, int weight, long ceiling) {
        requireTerms(floor, weight, ceiling);
        lock.lock();
        try {
            if (account.closed) {
                throw new IllegalStateException("account " + account.name + " is closed");
            }
            if (floor > account.promised()) {
                requireRoom(account.name, floor, ledger.promised() - account.promised());
            }
            account.floor = floor;
            account.weight = weight;
            account.ceiling = ceiling;
        } finally {
            lock.unlock();
        }
        settlement.run();
    }

    void close(Account account) {
        lock.lock();
        try {
            account.closed = true;
            account.floor = 0;
            account.demand = 0;
            forgetIfDone(account);
        } finally {
            lock.unlock();
        }
        settlement.run();
    }

    long granted(Account account) {
        lock.lock();
        try {
            return account.granted;
        } finally {
            lock.unlock();
        }
    }

    AccountSnapshot snapshot(Account account) {
        lock.lock();
        try {
            return account.snapshot(ledger.shares().of(account));
        } finally {
            lock.unlock();
        }
    }

    private void forgetIfDone(Account account) {
        if (account.closed && account.granted == 0) {
            ledger.accounts.remove(account);
        }
    }

    private void requireRoom(String name, long floor, long promisedToOthers) {
        if (floor > ledger.limit - promisedToOthers) {
            throw new BudgetExceededException("the floor of " + floor + " bytes for account " + name
                    + " does not fit: the limit is " + ledger.limit + " bytes, floors take " + ledger.floors() + " and "
                    + promisedToOthers + " are promised to others; lower the floor, raise the limit, or try again"
                    + " once others have given back what they borrowed");
        }
    }

    private static void requireHeld(Account account, long bytes) {
        if (bytes > account.granted) {
            throw new IllegalStateException("account " + account.name + " holds " + account.granted
                    + " bytes and cannot give back " + bytes + ": was a grant released twice?");
        }
    }

    private static void requireTerms(long floor, int weight, long ceiling) {
        requireNotNegative("floor", floor);
        if (weight < 1) {
            throw new IllegalArgumentException("weight is " + weight + ": use 1 or more");
        }
        if (ceiling < floor) {
            throw new IllegalArgumentException("ceiling is " + ceiling + " bytes, below the floor of " + floor);
        }
    }

    private static long requireNotNegative(String what, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException(what + " is " + bytes + " bytes: use 0 or more");
        }
        return bytes;
    }
}
