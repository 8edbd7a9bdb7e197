package dev.weir.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a walk found of one owner. Changes while other owners are walked, because what they reach too is not its own. */
final class Tally {

    /** A range of memory outside the heap. */
    record Range(long address, long length) {}

    long exclusive;
    long inFlight;
    long shared;
    long objects;
    int connections;
    boolean cutShort;
    /** Objects that were met and not entered, when the walk was cut short. */
    long pending;

    final List<Range> direct = new ArrayList<>();
    final Set<Integer> descriptors = new HashSet<>();
    final Set<Thread> threads = new HashSet<>();

    /** How many times more there may be than was seen: 1 for a whole walk. */
    double extrapolation() {
        return cutShort && objects > 0 ? 1.0 + (double) pending / objects : 1.0;
    }

    /** Where its direct buffers begin, each once. */
    Set<Long> addresses() {
        Set<Long> addresses = new HashSet<>();
        direct.forEach(range -> addresses.add(range.address()));
        return addresses;
    }

    /**
     * The bytes outside the heap that are its own: overlapping views of one buffer count once.
     *
     * @param reachedBy how many owners reach each address; what several reach is left out
     */
    long directBytes(Map<Long, Integer> reachedBy) {
        List<Range> sorted = new ArrayList<>(direct);
        sorted.removeIf(range -> reachedBy.getOrDefault(range.address(), 1) > 1);
        sorted.sort((one, other) -> Long.compareUnsigned(one.address(), other.address()));
        long bytes = 0;
        long end = 0;
        for (Range range : sorted) {
            long until = range.address() + range.length();
            bytes += Math.max(0, until - Math.max(end, range.address()));
            end = Math.max(end, until);
        }
        return bytes;
    }
}
