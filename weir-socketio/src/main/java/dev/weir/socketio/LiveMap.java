package dev.weir.socketio;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A concurrent map of what is alive, which gives its table back once it is empty: after a flood a map that only ever
 * grows would keep it. Safe for all threads.
 */
final class LiveMap<V> {

    private static final int WORTH_GIVING_BACK = 256;

    private final ReentrantLock growing = new ReentrantLock();
    private volatile ConcurrentHashMap<String, V> map = new ConcurrentHashMap<>();
    private volatile int peak;

    @Nullable V get(String key) {
        return map.get(key);
    }

    /** Returns whether the key was free. */
    boolean putIfAbsent(String key, V value) {
        growing.lock();
        try {
            boolean added = map.putIfAbsent(key, value) == null;
            peak = Math.max(peak, map.size());
            return added;
        } finally {
            growing.unlock();
        }
    }

    boolean remove(String key, V value) {
        return map.remove(key, value);
    }

    Collection<V> values() {
        return map.values();
    }

    int size() {
        return map.size();
    }

    boolean isEmpty() {
        return map.isEmpty();
    }

    /** Called now and then. A key that is only just known to somebody cannot be missed: it was put before it was told. */
    void shrink() {
        if (peak < WORTH_GIVING_BACK || !map.isEmpty()) {
            return;
        }
        growing.lock();
        try {
            if (map.isEmpty()) {
                map = new ConcurrentHashMap<>();
                peak = 0;
            }
        } finally {
            growing.unlock();
        }
    }
}
