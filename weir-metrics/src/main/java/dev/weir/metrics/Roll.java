package dev.weir.metrics;

import dev.weir.ConnectionPoolManager;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ManagedPool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one thing for each pool of a manager while the pool is registered. Whatever order the news come in, what is kept
 * follows the manager's own list, so it is as bounded as that. Thread-safe.
 *
 * @param <T> what is kept
 */
final class Roll<T> implements AutoCloseable {

    private record Entry<T>(ManagedPool pool, T kept) {}

    private final ConnectionPoolManager manager;
    private final Function<ManagedPool, T> joined;
    private final Consumer<T> left;
    private final Map<String, Entry<T>> entries = new ConcurrentHashMap<>();
    private final EventStream.Subscription subscription;
    /** Taken before the manager's own, which is never held while anybody is told of anything. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean closed;

    /**
     * Begins with the pools there are.
     *
     * @param joined makes what is kept of a pool
     * @param left gives it up
     * @throws IllegalStateException if the manager is shut down
     */
    Roll(ConnectionPoolManager manager, Function<ManagedPool, T> joined, Consumer<T> left) {
        this.manager = manager;
        this.joined = joined;
        this.left = left;
        this.subscription = manager.addListener(this::hear);
        follow();
    }

    private void hear(PoolEvent event) {
        if (event instanceof PoolEvent.Registered || event instanceof PoolEvent.Unregistered) {
            follow();
        }
    }

    private void follow() {
        lock.lock();
        try {
            List<ManagedPool> present = closed ? List.of() : manager.pools();
            entries.values().removeIf(entry -> {
                boolean gone = !present.contains(entry.pool());
                if (gone) {
                    left.accept(entry.kept());
                }
                return gone;
            });
            for (ManagedPool pool : present) {
                if (!entries.containsKey(pool.name())) {
                    entries.put(pool.name(), new Entry<>(pool, joined.apply(pool)));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is kept of the pool that an event names: the pool itself, or one that has pools of its own, named after it and a blank. */
    @Nullable T of(String pool) {
        Entry<T> entry = entries.get(pool);
        for (int end = pool.lastIndexOf(' '); entry == null && end > 0; end = pool.lastIndexOf(' ', end - 1)) {
            entry = entries.get(pool.substring(0, end));
        }
        return entry == null ? null : entry.kept();
    }

    /** What is kept of each pool. */
    List<T> all() {
        return entries.values().stream().map(Entry::kept).toList();
    }

    /** Gives up everything. */
    @Override
    public void close() {
        subscription.close();
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        follow();
    }
}
