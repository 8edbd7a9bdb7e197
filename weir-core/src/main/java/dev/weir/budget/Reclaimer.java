package dev.weir.budget;

/**
 * The owner of an {@link Account}, as the budget sees it. All methods are called outside the budget's lock, in the
 * thread of whoever moved the budget, one at a time; they must be quick, must not block, and may move the budget
 * themselves. What they throw counts as "no" and is counted in {@link MemoryBudget#reclaimerFailures()}.
 */
public interface Reclaimer {

    /**
     * Closes the connection that has been idle longest.
     *
     * @return whether one will go and its bytes be released, now or soon
     */
    boolean reclaimOne();

    /**
     * Sees that a connection that is at work ends when it comes back, because none is idle. One that is to end anyway
     * does not count.
     *
     * @return whether one more will go and its bytes be released once it comes back
     */
    default boolean reclaimOnReturn() {
        return false;
    }

    /** How long the coldest idle connection has rested, in nanoseconds; negative when none is idle. */
    long coldestIdleNanos();

    /**
     * A grant that was refused earlier may succeed now. Whoever still wants it asks again within this call; otherwise
     * the budget forgets that it was wanted.
     */
    void grantAvailable();
}
