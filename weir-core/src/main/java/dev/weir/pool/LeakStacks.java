package dev.weir.pool;

/** When the stack of a borrower is kept, to name it should its lease leak. */
public enum LeakStacks {
    /** Never. */
    OFF,
    /**
     * For the first lease of each connection after every pass of the housekeeper: at low rates that is every lease,
     * at high rates a sample, so its cost is bounded. After a suspected leak without a stack, every lease for a while.
     */
    SAMPLED,
    /** For every lease, at about a microsecond each. */
    ALWAYS
}
