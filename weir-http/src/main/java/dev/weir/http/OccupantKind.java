package dev.weir.http;

import java.time.Duration;

/**
 * What differs between the kinds of occupants that {@link RoutePools} lends. Called by the engine's workers, but for {@link
 * #isOver}, as {@link dev.weir.pool.Connector} says.
 *
 * @param <K> what tells one route from another
 * @param <O> what is lent
 */
interface OccupantKind<K, O extends Occupant> {

    /** Makes an occupant for a slot of a route's pool; connects to nothing. */
    O occupy(K route, Debt debt);

    /** Whether an occupant that rested can be lent again. */
    boolean isFit(O occupant, Duration timeout) throws Exception;

    /** Whether an idle occupant has no more use. Any thread; only looks. */
    boolean isOver(O occupant, long epochMillis);

    /** Ends an occupant politely. It is forgotten, whatever happens. */
    void close(O occupant);

    /** Ends an occupant at once, under its holder. */
    void abort(O occupant);

    /** Asks the holder's work to stop. */
    default void cancel(O occupant) {}

    /** Whether work is known to run for the holder now. */
    default boolean isBusy(O occupant) {
        return false;
    }

    /** Those there are, whose bytes can be measured. */
    Iterable<O> measurable();

    /** What is taken from the memory budget for one that was not measured. */
    long estimatedBytes(K route);

    /** The {@code host:port} that a route connects to. */
    String endpoint(K route);

    /** A short name of the route, without credentials. */
    String label(K route);
}
