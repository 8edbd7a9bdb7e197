package dev.weir.event;

/** How sure Weir is that a lease which outlived the leak threshold is lost. */
public enum LeakVerdict {
    /** Its handle was garbage-collected, or the thread that borrowed it is dead and left it idle: nobody can return it. */
    CERTAIN,
    /** The holder lives but the connection does nothing. */
    LIKELY,
    /** Work is running on the connection: slow, not leaked. */
    SLOW
}
