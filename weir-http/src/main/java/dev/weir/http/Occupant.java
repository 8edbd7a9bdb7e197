package dev.weir.http;

/**
 * What stands in a slot of a route's pool: the place of a connection that the HTTP library opens itself, or a permit for a
 * request. It knows what the memory account has granted for it.
 */
abstract class Occupant {

    /** What its route owes; of all occupants of a route the same. */
    final Debt debt;

    /** Bytes granted for it; guarded by the {@link ByteAccount}. */
    long granted;

    /** The bytes its connection was found to hold; zero: not known yet. */
    volatile long measured;

    Occupant(Debt debt) {
        this.debt = debt;
    }
}
