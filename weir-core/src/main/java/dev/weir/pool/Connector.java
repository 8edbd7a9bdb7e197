package dev.weir.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a pool makes, checks and ends its connections: the one thing to implement for a new kind of connection.
 *
 * <p>{@link #connect}, {@link #check}, {@link #close} and {@link #cancel} may block; they run on Weir's own worker
 * threads, never on a borrower's. They may be called for different connections at once, so implementations must be
 * thread-safe; for one connection at most one of them runs at a time, except {@link #abort} and {@link #cancel}.
 *
 * @param <C> the connection's type
 */
public interface Connector<C> {

    /** Opens a connection. An interrupt asks it to give up: the attempt took longer than the create timeout. */
    C connect() throws Exception;

    /**
     * Whether a connection that nobody holds can still be used. A check that takes longer than {@code timeout} is
     * abandoned and its connection aborted.
     *
     * @throws Exception counts as "no"
     */
    boolean check(C connection, Duration timeout) throws Exception;

    /** Ends a connection politely. One that takes longer than the destroy timeout is aborted. */
    void close(C connection) throws Exception;

    /**
     * Ends a connection at once, from any thread, while others may be blocked inside it: they must come free. Must
     * not block.
     */
    void abort(C connection);

    /** Asks the work that runs on a leased connection to stop, and leaves the connection usable. */
    default void cancel(C connection) throws Exception {}

    /** Whether work is running on a leased connection now; such a lease is slow rather than leaked. Must not block. */
    default boolean isBusy(C connection) {
        return false;
    }

    /**
     * Called on the housekeeper's thread at each of its passes for every leased connection, and for one that its
     * holder is resetting; query timeouts hang on it. Must not block; what blocks goes to {@code worker}, which may refuse when it has too much to do.
     *
     * @param nanos the time on the pool's ticker
     */
    default void inspectLeased(C connection, long nanos, Worker worker) {}

    /** What a failure to connect means. */
    default ConnectFailure classify(Throwable failure) {
        return ConnectFailure.TRANSIENT;
    }

    /**
     * Names what is connected to, such as {@code host:port/database}: the number of connects at once and failover
     * signals are governed per endpoint, over all pools of the process. Holds no credentials.
     */
    String endpoint();

    /** What the connections are for. */
    default ConnectionKind connectionKind() {
        return ConnectionKind.OTHER;
    }

    /** The bytes to reserve in the memory budget for a connection that has not been measured. */
    default long estimatedBytes() {
        return 64 * 1024;
    }

    /** The bytes a connection is known to use, or {@code null} where nobody measured it. Any thread; must not block. */
    default @Nullable Long measuredBytes(C connection) {
        return null;
    }

    /** Whether {@link #weighServer} can ever tell anything. */
    default boolean weighsServer() {
        return false;
    }

    /**
     * Weighs what the server holds for a connection that nobody holds; what it cannot tell is unknown, and it says why. May
     * block, as a check.
     *
     * @throws Exception if the question failed; the connection is then checked
     */
    default ConnectionWeight weighServer(C connection, Duration timeout) throws Exception {
        return ConnectionWeight.unknown("the server of this kind of connection is not asked");
    }

    /** Runs a piece of work that may block, away from the caller's thread. */
    @FunctionalInterface
    interface Worker {
        /** Returns {@code false} when there is no room for more work. */
        boolean submit(Runnable work);
    }
}
