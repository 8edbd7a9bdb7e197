package dev.weir.pool;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One server, as all pools to it share it: how many connects are under way, and the word that its connections are
 * suspect. Bounded by the number of pools.
 */
final class Endpoint {

    /** Connects given up on, or not waited for any more, that hang in the driver; with so many, for each allowed at once, no more start. */
    private static final int ABANDONED_PER_CONNECT = 4;

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Supply<?>> members = new LinkedHashSet<>();
    private final Set<Supply<?>> turnedAway = new LinkedHashSet<>();
    private int connecting;
    private int abandoned;

    Endpoint(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void join(Supply<?> supply) {
        lock.lock();
        try {
            members.add(supply);
        } finally {
            lock.unlock();
        }
    }

    void leave(Supply<?> supply) {
        lock.lock();
        try {
            members.remove(supply);
            turnedAway.remove(supply);
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return members.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether one more connect may start now; if not, the pool is told when it may. */
    boolean begin(Supply<?> supply, int atOnce) {
        lock.lock();
        try {
            if (connecting < atOnce && abandoned < ABANDONED_PER_CONNECT * atOnce) {
                connecting++;
                return true;
            }
            turnedAway.add(supply);
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** A connect has ended. */
    void end(Supply<?> supply) {
        settle(supply, -1, 0);
    }

    /** A connect took too long; its thread may hang on, another may start. */
    void abandon(Supply<?> supply) {
        settle(supply, -1, 1);
    }

    /** A connect takes long: it goes on, and another may start beside it. */
    void overtake() {
        lock.lock();
        try {
            connecting--;
            abandoned++;
        } finally {
            lock.unlock();
        }
    }

    /** A connect that had been given up, or overtaken, has ended after all. */
    void endAbandoned(Supply<?> supply) {
        settle(supply, 0, -1);
    }

    private void settle(Supply<?> ended, int connectingBy, int abandonedBy) {
        List<Supply<?>> next;
        lock.lock();
        try {
            connecting += connectingBy;
            abandoned += abandonedBy;
            if (connectingBy < 0) {
                // The pool whose connect ended looks after itself; one that had given it up does not.
                turnedAway.remove(ended);
            }
            next = new ArrayList<>(turnedAway);
            turnedAway.clear();
        } finally {
            lock.unlock();
        }
        for (Supply<?> supply : next) {
            supply.mayTryAgain();
        }
    }

    /** Marks every connection to this server, in all pools, for a check before it is lent again; returns how many. */
    int suspectAll() {
        List<Supply<?>> all;
        lock.lock();
        try {
            all = new ArrayList<>(members);
        } finally {
            lock.unlock();
        }
        int marked = 0;
        for (Supply<?> supply : all) {
            marked += supply.checks().suspectAll();
        }
        return marked;
    }
}
