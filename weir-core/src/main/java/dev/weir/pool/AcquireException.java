package dev.weir.pool;

import org.jspecify.annotations.Nullable;

/**
 * A request for a connection that got none. The message and {@link #snapshot()} say what the pool looked like; the
 * cause, where there is one, is the last failure to connect or the interrupt.
 */
public final class AcquireException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why a request got no connection. */
    public enum Reason {
        /** It waited its whole timeout. */
        TIMEOUT,
        /** The queue was full. */
        QUEUE_FULL,
        /** The queue's delay was above its target for too long. */
        SHED,
        /** Connecting failed again and again. */
        CONNECT_FAILED,
        /** The pool is shut down. */
        SHUT_DOWN,
        /** The waiting thread was interrupted; its interrupt flag is set again. */
        INTERRUPTED,
        /** The asynchronous request was cancelled by its owner. */
        CANCELLED
    }

    private final Reason reason;
    private final transient @Nullable PoolSnapshot snapshot;

    AcquireException(Reason reason, String what, PoolSnapshot snapshot, @Nullable Throwable cause) {
        super(message(what, snapshot), cause);
        this.reason = reason;
        this.snapshot = snapshot;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** What the pool looked like; {@code null} only in an exception that was serialised. */
    public @Nullable PoolSnapshot snapshot() {
        return snapshot;
    }

    private static String message(String what, PoolSnapshot snapshot) {
        StringBuilder text = new StringBuilder(what).append(" (").append(snapshot.counts());
        if (!snapshot.holders().isEmpty()) {
            text.append("; held by ");
            String separator = "";
            for (PoolSnapshot.Holder holder : snapshot.holders()) {
                text.append(separator)
                        .append(holder.thread())
                        .append(" for ")
                        .append(holder.heldAtLeast().toMillis())
                        .append(" ms or more");
                separator = ", ";
            }
        }
        Throwable failure = snapshot.lastConnectFailure();
        if (failure != null) {
            text.append("; last connect failure: ").append(failure);
        }
        return text.append(')').toString();
    }
}
