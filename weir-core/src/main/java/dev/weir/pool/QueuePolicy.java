package dev.weir.pool;

/** What a pool does when requests come faster than connections return. */
public enum QueuePolicy {
    /** A full queue turns away the request that has waited longest, in favour of the new one. */
    REJECT_OLDEST,
    /** A full queue turns away the new request. */
    REJECT_NEWEST,
    /**
     * Besides rejecting the newest when full, sheds the longest waiters once the queue's delay has stayed above its
     * target for a whole interval, after CoDel (Nichols and Jacobson, RFC 8289).
     */
    DELAY_TARGET
}
