package dev.weir.event;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in a pool. Immutable; {@link #pool()} names the pool and {@link #nanos()} is the time on
 * the pool's ticker. Texts never hold credentials.
 */
public sealed interface PoolEvent {

    /** The name of the pool it happened in. */
    String pool();

    /** When, in nanoseconds of the pool's {@link dev.weir.time.Ticker}. */
    long nanos();

    /** The pool came under its manager's care. */
    record Registered(String pool, long nanos) implements PoolEvent {}

    /** The pool left its manager's care. */
    record Unregistered(String pool, long nanos) implements PoolEvent {}

    /** The memory budget granted a connection's bytes, and it is being opened. */
    record Granted(String pool, long nanos, int slot, long bytes) implements PoolEvent {}

    /** A connection was opened and is ready to be lent. */
    record ConnectionOpened(String pool, long nanos, int slot, Duration took) implements PoolEvent {}

    /** An attempt to connect failed; {@code inARow} counts the failures since the last success. */
    record ConnectFailed(String pool, long nanos, Throwable cause, int inARow) implements PoolEvent {}

    /** The server has no room for another connection: the pool lives with what it has and tries again later. */
    record ServerFull(String pool, long nanos, int size) implements PoolEvent {}

    /** A connection was checked while nobody held it; one that is not {@code fit} goes. */
    record ConnectionChecked(String pool, long nanos, int slot, boolean fit, Duration took) implements PoolEvent {}

    /** A connection is lent no more; it is being closed. */
    record ConnectionRetired(String pool, long nanos, int slot, CloseReason reason) implements PoolEvent {}

    /**
     * A connection was found to hold too much memory, here and on its server together, and is retired when it next returns.
     *
     * @param bytes what it holds
     * @param limitBytes what it may hold
     * @param youngestBytes what the pool's youngest seasoned connection holds; negative without one
     * @param why the same in words
     */
    record ConnectionBloated(
            String pool, long nanos, int slot, long bytes, long limitBytes, long youngestBytes, String why)
            implements PoolEvent {}

    /** A connection left the pool. */
    record ConnectionClosed(String pool, long nanos, int slot, CloseReason reason, Duration age) implements PoolEvent {}

    /** Closing a connection failed or took longer than the destroy timeout; it was aborted. */
    record CloseFailed(String pool, long nanos, int slot, String why) implements PoolEvent {}

    /** A request was turned away because of the queue: full, or over its delay target. */
    record Rejected(String pool, long nanos, String why, int waiting) implements PoolEvent {}

    /** A request waited its whole timeout and got nothing. */
    record TimedOut(String pool, long nanos, Duration waited, int waiting) implements PoolEvent {}

    /** The pool changed the size it aims for, and why. */
    record Scaled(String pool, long nanos, int from, int to, String reason) implements PoolEvent {}

    /** A lease outlived the leak threshold. */
    record LeakDetected(
            String pool, long nanos, int slot, LeakVerdict verdict, Duration held, String holder, List<String> stack)
            implements PoolEvent {
        /** Copies the stack. */
        public LeakDetected {
            stack = List.copyOf(stack);
        }
    }

    /** A connection that had been reported as leaked came back after all. */
    record LeakReturned(String pool, long nanos, int slot, Duration held) implements PoolEvent {}

    /** Every holder of this pool's connections waits for another one of them: nobody can go on until one gives up. */
    record DeadlockDetected(String pool, long nanos, List<String> threads) implements PoolEvent {
        /** Copies the thread descriptions. */
        public DeadlockDetected {
            threads = List.copyOf(threads);
        }
    }

    /** An error showed that every older connection to this endpoint is suspect; they are checked before they are lent. */
    record EndpointSuspected(
            String pool,
            long nanos,
            String endpoint,
            @Nullable Throwable cause,
            int connections) implements PoolEvent {}

    /** The pool was suspended: new requests wait. */
    record Suspended(String pool, long nanos) implements PoolEvent {}

    /** The pool was resumed. */
    record Resumed(String pool, long nanos) implements PoolEvent {}

    /** Settings were changed while the pool ran; each change as {@code name: old -> new}. */
    record SettingsChanged(String pool, long nanos, List<String> changes) implements PoolEvent {
        /** Copies the changes. */
        public SettingsChanged {
            changes = List.copyOf(changes);
        }
    }

    /** An alert rule began to hold. */
    record AlertRaised(String pool, long nanos, String rule, String message) implements PoolEvent {}

    /** An alert rule ceased to hold. */
    record AlertCleared(String pool, long nanos, String rule, Duration lasted) implements PoolEvent {}

    /** The pool entered a phase of its shutdown. */
    record ShutdownPhase(String pool, long nanos, String phase, int connectionsLeft) implements PoolEvent {}
}
