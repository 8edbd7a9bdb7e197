package dev.weir.event;

/** Why a connection left its pool. */
public enum CloseReason {
    /** It reached its maximum lifetime. */
    LIFETIME,
    /** It rested longer than the idle timeout and the pool had more than its minimum. */
    IDLE,
    /** A check found it unusable. */
    UNFIT,
    /** An error on it showed that it is broken. */
    BROKEN,
    /** Its session could not be brought back to a clean state. */
    DIRTY,
    /** An operator or the application evicted it. */
    EVICTED,
    /** The pool's maximum was lowered below its size. */
    SHRUNK,
    /** The memory budget called its share back. */
    RECLAIMED,
    /** It held more memory, here or on its server, than the pool's {@code MemoryWatch} allows. */
    BLOATED,
    /** It was taken back from a holder that had certainly lost it. */
    LEAKED,
    /** The pool was shut down. */
    SHUTDOWN,
    /** It was opened too late: the attempt had been abandoned, or nobody wanted it any more. */
    UNWANTED
}
