package dev.weir.memory;

import org.jspecify.annotations.Nullable;

/**
 * The objects met, by identity, each with the first and the last owner that reached it. An object is shared when those differ.
 * Holds on to the objects; lives for one analysis. Not thread-safe.
 */
final class Visited {

    private @Nullable Object[] keys = new Object[1 << 12];
    private short[] first = new short[keys.length];
    private short[] last = new short[keys.length];
    private boolean[] flying = new boolean[keys.length];
    private int size;

    /** The place of an object, which is new if {@link #isNew} says so. Places move when an object is added. */
    int place(Object object) {
        int mask = keys.length - 1;
        int place = spread(object) & mask;
        while (keys[place] != null && keys[place] != object) {
            place = (place + 1) & mask;
        }
        return place;
    }

    boolean isNew(int place) {
        return keys[place] == null;
    }

    void add(int place, Object object, int owner, boolean inFlight) {
        keys[place] = object;
        first[place] = (short) owner;
        last[place] = (short) owner;
        flying[place] = inFlight;
        if (++size * 2 > keys.length) {
            grow();
        }
    }

    int first(int place) {
        return first[place];
    }

    int last(int place) {
        return last[place];
    }

    void reachedBy(int place, int owner) {
        last[place] = (short) owner;
    }

    boolean inFlight(int place) {
        return flying[place];
    }

    int size() {
        return size;
    }

    private void grow() {
        @Nullable Object[] oldKeys = keys;
        short[] oldFirst = first;
        short[] oldLast = last;
        boolean[] oldFlying = flying;
        keys = new Object[oldKeys.length * 2];
        first = new short[keys.length];
        last = new short[keys.length];
        flying = new boolean[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            Object key = oldKeys[i];
            if (key != null) {
                int place = place(key);
                keys[place] = key;
                first[place] = oldFirst[i];
                last[place] = oldLast[i];
                flying[place] = oldFlying[i];
            }
        }
    }

    private static int spread(Object object) {
        int hash = System.identityHashCode(object) * 0x9E3779B9;
        return hash ^ (hash >>> 15);
    }
}
