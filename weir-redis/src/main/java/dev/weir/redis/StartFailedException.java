package dev.weir.redis;

/** A pool that was to have a connection at its start has none; the cause says why. */
public final class StartFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
