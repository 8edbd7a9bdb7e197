package dev.weir.pool;

/** The states of a slot. A slot that is not {@link #VACANT} holds exactly one grant of the memory budget. */
public enum SlotState {
    /** No connection and no grant. */
    VACANT(0),
    /** Granted; a worker is connecting. */
    OPENING(1),
    /** Connected and free to be lent. */
    IDLE(2),
    /** Lent to a holder. */
    LEASED(3),
    /** Being reset by the holder that gives it back. */
    RETURNING(4),
    /** Nobody's while a worker finds out whether it can still be used. */
    CHECKING(5),
    /** A worker is ending it. */
    CLOSING(6);

    /** The state's number in a slot's word. */
    final int code;

    SlotState(int code) {
        this.code = code;
    }

    /** Whether a slot may go from this state to {@code next}: the picture in docs/life-of-a-connection.md as code. */
    boolean mayBecome(SlotState next) {
        return switch (this) {
            case VACANT -> next == OPENING;
            case OPENING -> next == IDLE || next == VACANT;
            case IDLE -> next == IDLE || next == LEASED || next == CHECKING || next == CLOSING;
            case LEASED -> next == LEASED || next == IDLE || next == RETURNING || next == CHECKING || next == CLOSING;
            case RETURNING -> next == RETURNING || next == IDLE || next == CHECKING || next == CLOSING;
            case CHECKING -> next == CHECKING || next == IDLE || next == CLOSING;
            case CLOSING -> next == VACANT;
        };
    }
}
