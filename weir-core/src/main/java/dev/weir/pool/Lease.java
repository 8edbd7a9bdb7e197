package dev.weir.pool;

import dev.weir.event.CloseReason;

/**
 * A connection in somebody's hands. Closing it gives it back; closing it twice, or after the pool took it back, does
 * nothing: a lease that is over is powerless.
 *
 * <p>One thread at a time should use a lease; {@link #close} may come from any thread.
 *
 * @param <C> the connection's type
 */
public final class Lease<C> implements AutoCloseable {

    private final Slot<C> slot;
    private final long word;

    Lease(Slot<C> slot) {
        this.slot = slot;
        this.word = slot.word();
        slot.heldBy(this);
    }

    /**
     * The connection.
     *
     * @throws IllegalStateException if the lease is over
     */
    public C connection() {
        if (!slot.isLeased(word)) {
            throw new IllegalStateException("this lease was closed or taken back; acquire a new one");
        }
        return slot.connection();
    }

    /** The slot, for code that makes its own handle of it and {@link #word}. */
    public Slot<C> slot() {
        return slot;
    }

    /** The {@linkplain Slot#word() word} of this lease. */
    public long word() {
        return word;
    }

    /** Whether the connection is still this lease's. */
    public boolean isOpen() {
        return slot.isLeased(word);
    }

    /** Gives the connection back to its pool. */
    @Override
    public void close() {
        slot.pool().giveBack(slot, word);
    }

    /** Gives the connection back to be ended rather than lent again, because it is broken or cannot be reset. */
    public void retire(CloseReason reason) {
        slot.pool().retire(slot, word, reason);
    }
}
