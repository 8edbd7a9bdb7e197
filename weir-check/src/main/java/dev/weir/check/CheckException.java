package dev.weir.check;

/** Says why something cannot be checked, where, and what to do about it. Never holds a secret. */
public final class CheckException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With what, where and how to mend it. */
    public CheckException(String message) {
        super(message);
    }

    /** The same, with the reason below. */
    public CheckException(String message, Throwable cause) {
        super(message, cause);
    }
}
