package dev.weir.memory;

/** Where a number of bytes comes from. */
public enum Basis {
    /** Counted or weighed where the bytes are. */
    MEASURED,
    /** Reckoned from something that was measured, or from a typical size; the figure says from what. */
    ESTIMATED,
    /** Nobody could say; the bytes are 0 and mean nothing. */
    UNKNOWN
}
