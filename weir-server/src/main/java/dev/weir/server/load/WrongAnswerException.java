package dev.weir.server.load;

/** An answer that does not belong to the question: a connection was lent that still held somebody else's. */
public final class WrongAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Says what was asked and what came. */
    public WrongAnswerException(String message) {
        super(message);
    }
}
