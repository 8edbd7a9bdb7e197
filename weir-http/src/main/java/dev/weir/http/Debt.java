package dev.weir.http;

import java.util.concurrent.atomic.AtomicInteger;

/** How many connections a route owes to others that wait for their share of the total; paid as connections return. */
final class Debt {

    private final AtomicInteger owed = new AtomicInteger();

    void owe(int connections) {
        if (owed.get() != connections) {
            owed.set(connections);
        }
    }

    /** Whether the connection that returns now is to go; a read of one field while nothing is owed. */
    boolean payOne() {
        return owed.get() > 0 && owed.getAndUpdate(connections -> Math.max(0, connections - 1)) > 0;
    }
}
