package dev.weir.socketio;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections of each address, in a bounded number of entries, without ever forgetting a live one. An entry
 * leaves only when it is at zero. While every entry is taken by a live connection, further addresses share hashed
 * counters: those may count two addresses together, and so refuse early, but never count too few. Safe for all threads.
 */
final class AddressTable {

    private static final int SHARED_COUNTERS = 1024;

    private final int maxEntries;
    private final int maxConnections;
    private final Map<String, Place> entries = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicIntegerArray shared = new AtomicIntegerArray(SHARED_COUNTERS);
    private final AtomicInteger inShared = new AtomicInteger();

    /** @param maxConnections of one address; zero: any number */
    AddressTable(int maxEntries, int maxConnections) {
        this.maxEntries = maxEntries;
        this.maxConnections = maxConnections;
    }

    /** Where a connection was counted, to be given up with it: all that count in one entry hold the same. */
    record Place(@Nullable AtomicInteger entry, int sharedIndex) {

        int live() {
            return entry == null ? 0 : entry.get();
        }
    }

    /** Counts a connection; {@code null}: its address has too many already. */
    @Nullable Place enter(String key) {
        int sharedIndex = Math.floorMod(key.hashCode() * 0x9E3779B9, SHARED_COUNTERS);
        boolean[] refused = new boolean[1];
        Place entry = entries.compute(key, (address, place) -> {
            AtomicInteger count = place == null ? null : place.entry();
            if (count == null) {
                if (size.get() >= maxEntries) {
                    return null;
                }
                size.incrementAndGet();
                return new Place(new AtomicInteger(1), -1);
            }
            if (isFull(count.get())) {
                refused[0] = true;
            } else {
                count.incrementAndGet();
            }
            return place;
        });
        if (refused[0]) {
            return null;
        }
        if (entry != null) {
            return entry;
        }
        if (evictOne()) {
            return enter(key);
        }
        if (isFull(shared.getAndIncrement(sharedIndex))) {
            shared.decrementAndGet(sharedIndex);
            return null;
        }
        inShared.incrementAndGet();
        return new Place(null, sharedIndex);
    }

    private boolean isFull(int count) {
        return maxConnections > 0 && count >= maxConnections;
    }

    void leave(Place place) {
        AtomicInteger entry = place.entry();
        if (entry == null) {
            shared.decrementAndGet(place.sharedIndex());
            inShared.decrementAndGet();
        } else {
            entry.decrementAndGet();
        }
    }

    /** Lets every entry at zero go. */
    void sweep() {
        for (String key : entries.keySet()) {
            removeAtZero(key);
        }
    }

    private boolean evictOne() {
        for (Iterator<Map.Entry<String, Place>> all = entries.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Place> one = all.next();
            if (one.getValue().live() == 0 && removeAtZero(one.getKey())) {
                return true;
            }
        }
        return false;
    }

    private boolean removeAtZero(String key) {
        boolean[] removed = new boolean[1];
        entries.computeIfPresent(key, (address, place) -> {
            if (place.live() > 0) {
                return place;
            }
            removed[0] = true;
            size.decrementAndGet();
            return null;
        });
        return removed[0];
    }

    int size() {
        return entries.size();
    }

    /** Connections counted now, of all addresses. */
    int live() {
        int sum = inShared.get();
        for (Place entry : entries.values()) {
            sum += entry.live();
        }
        return sum;
    }

    int live(String key) {
        Place entry = entries.get(key);
        return entry == null ? 0 : entry.live();
    }
}
