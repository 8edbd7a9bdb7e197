package dev.weir.monitor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The newest entries, bounded in number and in bytes. What no longer fits falls out, oldest first, and is counted.
 * Thread-safe; the lock is held for a few moves of references.
 *
 * @param <E> the entries' type; immutable, for they are weighed once
 */
public final class BoundedHistory<E> {

    private record Weighed<E>(E entry, long bytes) {}

    private final int maxEntries;
    private final long maxBytes;
    private final ToLongFunction<? super E> sizer;

    private final ReentrantLock lock = new ReentrantLock();
    private Deque<Weighed<E>> entries = new ArrayDeque<>(0);
    private long bytes;
    private long dropped;

    /**
     * Creates an empty history.
     *
     * @param maxEntries 1 or more
     * @param maxBytes 1 or more, as {@code sizer} weighs
     * @param sizer an entry's bytes
     * @throws IllegalArgumentException if a bound is below 1
     */
    public BoundedHistory(int maxEntries, long maxBytes, ToLongFunction<? super E> sizer) {
        if (maxEntries < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "a history of " + maxEntries + " entries and " + maxBytes + " bytes keeps nothing: use 1 or more");
        }
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        this.sizer = sizer;
    }

    /** Adds the newest entry. One that is larger than the whole history is counted as dropped and changes nothing. */
    public void add(E entry) {
        long weight = Math.max(0, sizer.applyAsLong(entry));
        lock.lock();
        try {
            if (weight > maxBytes) {
                dropped++;
                return;
            }
            while (entries.size() >= maxEntries || bytes > maxBytes - weight) {
                bytes -= entries.removeFirst().bytes();
                dropped++;
            }
            entries.addLast(new Weighed<>(entry, weight));
            bytes += weight;
        } finally {
            lock.unlock();
        }
    }

    /** Puts an entry in the place of the newest, or adds it to an empty history. What it replaces does not count as dropped. */
    void replaceNewest(E entry) {
        lock.lock();
        try {
            Weighed<E> newest = entries.pollLast();
            bytes -= newest == null ? 0 : newest.bytes();
            add(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the entries that match, and counts them as dropped; the predicate must be quick. */
    public void forget(Predicate<? super E> old) {
        lock.lock();
        try {
            for (Iterator<Weighed<E>> all = entries.iterator(); all.hasNext(); ) {
                Weighed<E> one = all.next();
                if (old.test(one.entry())) {
                    all.remove();
                    bytes -= one.bytes();
                    dropped++;
                }
            }
            if (entries.size() <= 1) {
                entries = new ArrayDeque<>(entries); // what was long does not stay so
            }
        } finally {
            lock.unlock();
        }
    }

    /** A copy, oldest first. */
    public List<E> snapshot() {
        lock.lock();
        try {
            List<E> copy = new ArrayList<>(entries.size());
            for (Weighed<E> one : entries) {
                copy.add(one.entry());
            }
            return copy;
        } finally {
            lock.unlock();
        }
    }

    /** The newest entry, if there is one. */
    public Optional<E> newest() {
        lock.lock();
        try {
            return Optional.ofNullable(entries.peekLast()).map(Weighed::entry);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets everything; what is cleared does not count as dropped. */
    public void clear() {
        lock.lock();
        try {
            entries.clear();
            bytes = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Entries held. */
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes held, as the sizer weighs. */
    public long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** How many entries have fallen out since the beginning. */
    public long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /** The most entries it holds. */
    public int maxEntries() {
        return maxEntries;
    }

    /** The most bytes it holds. */
    public long maxBytes() {
        return maxBytes;
    }

    @Override
    public String toString() {
        return size() + " of " + maxEntries + " entries, " + bytes() + " of " + maxBytes + " bytes, " + dropped()
                + " dropped";
    }
}
