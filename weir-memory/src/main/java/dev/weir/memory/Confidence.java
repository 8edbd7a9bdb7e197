package dev.weir.memory;

/** How far a figure can be trusted, by its evidence. */
public enum Confidence {
    /** Every column that matters was measured. */
    HIGH,
    /** The columns were measured in part, or a walk was cut short and the rest extrapolated. */
    MEDIUM,
    /** Typical sizes times counts. */
    LOW
}
