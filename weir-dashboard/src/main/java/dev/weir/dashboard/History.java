package dev.weir.dashboard;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of every pool and of the process for a day, within a bound of bytes whatever the number of pools: the
 * more there are, the more coarsely each is kept, and where even that is too much the latest go without. Thread-safe.
 */
final class History {

    private static final Track.Merge[] POOL = Series.merges();
    private static final Track.Merge[] PROCESS = ProcessSeries.merges();

    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private final Track process = new Track(Layout.FULL, PROCESS);
    private Layout layout = Layout.FULL;
    private int without;

    /**
     * An empty history.
     *
     * @throws IllegalArgumentException if it could not keep a single pool
     */
    History(long maxBytes) {
        long least = process.bytes() + Layout.TINY.bytes(POOL.length);
        if (maxBytes < least) {
            throw new IllegalArgumentException(
                    "a history of " + maxBytes + " bytes keeps nothing: use at least " + least);
        }
        this.maxBytes = maxBytes;
    }

    /** Fits the history to the pools there are: forgets those that are gone and makes room for the new ones. */
    void retain(Set<String> pools) {
        lock.lock();
        try {
            tracks.keySet().retainAll(pools);
            Layout fitting = fitting(pools.size());
            if (fitting != layout) {
                layout = fitting;
                tracks.replaceAll((pool, track) -> track.relaid(fitting));
            }
            long room = (maxBytes - process.bytes()) / layout.bytes(POOL.length);
            without = 0;
            for (String pool : pools) {
                if (tracks.size() < room) {
                    tracks.computeIfAbsent(pool, added -> new Track(layout, POOL));
                } else if (!tracks.containsKey(pool)) {
                    without++;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Layout fitting(int pools) {
        for (Layout each : Layout.values()) {
            if (process.bytes() + pools * each.bytes(POOL.length) <= maxBytes) {
                return each;
            }
        }
        return Layout.TINY;
    }

    /** Remembers a pool's values of a second; of a pool that has no room nothing. */
    void add(String pool, long second, float[] values) {
        lock.lock();
        try {
            Track track = tracks.get(pool);
            if (track != null) {
                track.add(second, values);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Remembers the process's values of a second. */
    void addProcess(long second, float[] values) {
        lock.lock();
        try {
            process.add(second, values);
        } finally {
            lock.unlock();
        }
    }

    /** A pool's series up to a second; {@code null} if nothing is remembered of it. */
    @Nullable Extract extract(String pool, boolean bySecond, long second) {
        lock.lock();
        try {
            Track track = tracks.get(pool);
            if (track == null) {
                return null;
            }
            Map<String, float[]> series = new LinkedHashMap<>();
            for (Series each : Series.values()) {
                series.put(each.id, values(track, each.place, bySecond, second));
            }
            return Extract.of(track.layout(), bySecond, second, series);
        } finally {
            lock.unlock();
        }
    }

    /** The process's series up to a second, and each pool's bytes beside them. */
    Memory memory(boolean bySecond, long second) {
        lock.lock();
        try {
            Map<String, float[]> series = new LinkedHashMap<>();
            for (ProcessSeries each : ProcessSeries.values()) {
                series.put(each.id, values(process, each.place, bySecond, second));
            }
            Map<String, float[]> owners = new LinkedHashMap<>();
            tracks.forEach((pool, track) -> owners.put(pool, values(track, Series.BYTES.place, bySecond, second)));
            return new Memory(
                    Extract.of(process.layout(), bySecond, second, series),
                    Extract.of(layout, bySecond, second, owners));
        } finally {
            lock.unlock();
        }
    }

    /** The newest values of a series of a pool by the second, at most so many; empty if nothing is remembered. */
    float[] recent(String pool, Series series, long second, int most) {
        lock.lock();
        try {
            Track track = tracks.get(pool);
            if (track == null) {
                return new float[0];
            }
            float[] all = track.seconds(series.place, second);
            return Arrays.copyOfRange(all, Math.max(0, all.length - most), all.length);
        } finally {
            lock.unlock();
        }
    }

    private static float[] values(Track track, int series, boolean bySecond, long second) {
        return bySecond ? track.seconds(series, second) : track.coarse(series, second);
    }

    /** Bytes of everything remembered. */
    long bytes() {
        lock.lock();
        try {
            return process.bytes() + tracks.size() * layout.bytes(POOL.length);
        } finally {
            lock.unlock();
        }
    }

    Layout layout() {
        lock.lock();
        try {
            return layout;
        } finally {
            lock.unlock();
        }
    }

    /** Pools of which nothing is remembered, for want of room. */
    int without() {
        lock.lock();
        try {
            return without;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Series at equal steps of time.
     *
     * @param start the time of the first value, in seconds since 1970
     * @param step the seconds from one value to the next
     * @param series values by name, the oldest first; what is not known is not a number
     */
    record Extract(long start, int step, Map<String, float[]> series) {
        static Extract of(Layout layout, boolean bySecond, long second, Map<String, float[]> series) {
            int step = bySecond ? 1 : layout.coarseStep;
            int steps = bySecond ? layout.seconds : layout.coarseSteps;
            return new Extract((Math.floorDiv(second, step) - steps + 1) * step, step, series);
        }
    }

    /** The process's series and each pool's bytes. */
    record Memory(Extract process, Extract owners) {}
}
