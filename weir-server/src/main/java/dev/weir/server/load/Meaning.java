package dev.weir.server.load;

import dev.weir.pool.AcquireException;

/** What the failure of an operation means. */
public enum Meaning {
    /** The pool's queue turned it away. */
    REJECTED,
    /** It waited in vain for a connection. */
    TIMED_OUT,
    /** The server chose it to resolve a conflict: to be begun again. */
    CONFLICT,
    /** The pool is shut down: the run is over. */
    OVER,
    /** An error that leaves open whether the operation was carried out. */
    UNCERTAIN,
    /** The answer was somebody else's: an error. */
    WRONG,
    /** Anything else. */
    ERROR;

    /** What a failure means whatever the work was: whether the pool lent no connection, and why. */
    public static Meaning of(Throwable failure) {
        if (failure instanceof WrongAnswerException) {
            return WRONG;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AcquireException refused) {
                return switch (refused.reason()) {
                    case QUEUE_FULL, SHED -> REJECTED;
                    case TIMEOUT -> TIMED_OUT;
                    case SHUT_DOWN -> OVER;
                    default -> ERROR;
                };
            }
        }
        return ERROR;
    }
}
