package dev.weir.budget;

/**
 * One pool's part of a {@link MemoryBudget}. Thread-safe. Moving an account may call {@link Reclaimer}s of this and
 * other accounts in the calling thread, so do not hold a lock that they need.
 */
public final class Account implements AutoCloseable {

    final MemoryBudget budget;
    final String name;
    final Reclaimer owner;

    // All below are guarded by the budget's lock.
    long floor;
    int weight;
    long ceiling;
    long granted;
    /** Grants not released yet: with {@link #granted} the size of a typical one. */
    long grants;
    /** The largest grant seen since the account was last empty: what a reclaim takes away at most. */
    long largest;
    /** The size of the newest refused request that is still wanted; zero: none. */
    long demand;
    /** Which demand it is, counted over all accounts as they begin: the smaller, the older. */
    long since;
    /** Grows as the demand is renewed, so that it is told from one that nobody wants any more. */
    long asked;

    long refusals;
    /**
     * Connections called back whose bytes have not been released. A release does not say which connection it was and
     * counts as that of one called back: at worst one more is called back, which the floor still lets reopen at once.
     */
    int reclaiming;
    /** Those of them that are not counted on any more, for a whole review has passed since. */
    int late;

    long reclaims;
    boolean closed;

    Account(MemoryBudget budget, String name, long floor, int weight, long ceiling, Reclaimer owner) {
        this.budget = budget;
        this.name = name;
        this.owner = owner;
        this.floor = floor;
        this.weight = weight;
        this.ceiling = ceiling;
    }

    /** The name it was opened with. */
    public String name() {
        return name;
    }

    /**
     * Asks for bytes. Never refused while the account stays within its floor. A refusal for want of room is
     * remembered, others are asked to give up what exceeds their fair share, and {@link Reclaimer#grantAvailable()}
     * says when to ask again; where an owner gives up at once, this call is granted already.
     *
     * @return whether the bytes were granted; {@code false} also above the ceiling and once closed
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    public boolean tryGrant(long bytes) {
        return budget.grant(this, bytes);
    }

    /**
     * Gives back the bytes of one grant.
     *
     * @throws IllegalArgumentException if {@code bytes} is negative
     * @throws IllegalStateException if the account does not hold so many: something was released twice
     */
    public void release(long bytes) {
        budget.release(this, bytes);
    }

    /**
     * Replaces a grant of {@code fromBytes} by what was measured. The bytes are in use already, so this always
     * happens, even over the limit or the ceiling; then nothing more is granted and the budget reclaims.
     *
     * @throws IllegalArgumentException if a number is negative
     * @throws IllegalStateException if the account does not hold {@code fromBytes}
     */
    public void correct(long fromBytes, long toBytes) {
        budget.correct(this, fromBytes, toBytes);
    }

    /** Bytes granted now. */
    public long grantedBytes() {
        return budget.granted(this);
    }

    /** The account at this moment. */
    public AccountSnapshot snapshot() {
        return budget.snapshot(this);
    }

    /**
     * Changes the terms. Bytes above a lowered ceiling stay until they are released.
     *
     * @throws IllegalArgumentException for a negative floor, a weight below 1 or a ceiling below the floor
     * @throws BudgetExceededException if the floor does not fit beside what is promised to others
     */
    public void reconfigure(long floorBytes, int newWeight, long ceilingBytes) {
        budget.reconfigure(this, floorBytes, newWeight, ceilingBytes);
    }

    /**
     * Gives up the floor and takes no more grants. Bytes still granted stay on the books until they are released. May
     * be called twice.
     */
    @Override
    public void close() {
        budget.close(this);
    }

    @Override
    public String toString() {
        return snapshot().toString();
    }

    /** What no other account can have. */
    long promised() {
        return Math.max(floor, granted);
    }

    /** What it would hold if its demand were met. */
    long wanted() {
        return Math.max(granted, Math.min(ceiling, Ledger.saturatedAdd(granted, demand)));
    }

    /** Bytes expected back soon from connections that were called back. */
    long returning() {
        return grants == 0 ? 0 : Math.min(granted, (reclaiming - late) * (granted / grants));
    }

    /** Whether it stays at its floor or above when one more connection, be it the largest, is called back. */
    boolean mayLoseOne() {
        long afterwards = granted - Ledger.saturatedMultiply(reclaiming + 1L, largest);
        return grants > reclaiming && afterwards >= floor;
    }

    AccountSnapshot snapshot(long share) {
        return new AccountSnapshot(name, floor, weight, ceiling, granted, demand, share, refusals, reclaims);
    }
}
