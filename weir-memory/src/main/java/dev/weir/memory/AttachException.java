package dev.weir.memory;

/** A process cannot be attached to, or did not answer; the message says why and what to do. */
public final class AttachException extends Exception {

    private static final long serialVersionUID = 1;

    AttachException(String message) {
        super(message);
    }

    AttachException(String message, Throwable cause) {
        super(message, cause);
    }
}
