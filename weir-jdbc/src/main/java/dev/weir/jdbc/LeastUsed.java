package dev.weir.jdbc;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Things counted by their names, in bounded number: when it is full, a twentieth goes that was used least lately, and all
 * that stay halve what they were used before, so that what is new has a chance and what is past goes in the end.
 *
 * <p>Whoever counts waits for nobody: to be found takes no lock, and where somebody makes room just then, a new thing is left
 * out, this once. Thread-safe.
 *
 * @param <E> what is counted
 */
final class LeastUsed<E extends LeastUsed.Entry> {

    private final int most;
    private final Function<String, E> maker;
    private final Map<String, E> all = new ConcurrentHashMap<>();
    private final ReentrantLock room = new ReentrantLock();
    private final LongAdder forgotten = new LongAdder();

    /** What is counted. */
    abstract static class Entry {

        final String name;
        /** How often it was used, ever. */
        final LongAdder uses = new LongAdder();

        volatile boolean gone;
        // Guarded by the room's lock.
        private long usesBefore;
        long weight;

        Entry(String name) {
            this.name = name;
        }

        private long weigh() {
            long now = uses.sum();
            weight = weight / 2 + (now - usesBefore);
            usesBefore = now;
            return weight;
        }
    }

    LeastUsed(int most, Function<String, E> maker) {
        this.most = most;
        this.maker = maker;
    }

    /** What has this name; {@code null} where there is no room for it now. */
    @Nullable E find(String name) {
        E known = all.get(name);
        return known != null ? known : admit(maker.apply(name));
    }

    /** What this is kept as now: it may have had to go meanwhile. */
    @Nullable E find(E known) {
        return known.gone ? admit(known) : known;
    }

    private @Nullable E admit(E entry) {
        if (!room.tryLock()) {
            return null;
        }
        try {
            E known = all.get(entry.name);
            if (known != null) {
                return known;
            }
            if (all.size() >= most) {
                makeRoom();
            }
            all.put(entry.name, entry);
            entry.gone = false;
            return entry;
        } finally {
            room.unlock();
        }
    }

    private void makeRoom() {
        all.values().forEach(Entry::weigh);
        List<E> byUse = all.values().stream()
                .sorted(Comparator.comparingLong((E entry) -> entry.weight))
                .limit(Math.max(1, most / 20))
                .toList();
        for (E least : byUse) {
            least.gone = true;
            all.remove(least.name);
            forgotten.increment();
        }
    }

    Collection<E> all() {
        return all.values();
    }

    /** How many had to go. */
    long forgotten() {
        return forgotten.sum();
    }
}
