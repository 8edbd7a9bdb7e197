package dev.weir.memory;

import java.io.Serializable;

/**
 * A number of bytes and where it comes from.
 *
 * @param bytes the bytes; 0 where the basis is {@link Basis#UNKNOWN}
 * @param basis whether that was measured
 * @param how how it was found, in words
 */
public record MemoryFigure(long bytes, Basis basis, String how) implements Serializable {

    /** Nothing there, and that is known. */
    static final MemoryFigure NONE = new MemoryFigure(0, Basis.MEASURED, "none");

    static MemoryFigure measured(long bytes, String how) {
        return new MemoryFigure(bytes, Basis.MEASURED, how);
    }

    static MemoryFigure estimated(long bytes, String how) {
        return new MemoryFigure(bytes, Basis.ESTIMATED, how);
    }

    static MemoryFigure unknown(String why) {
        return new MemoryFigure(0, Basis.UNKNOWN, why);
    }
}
