package dev.weir.dashboard;

import dev.weir.ConnectionPoolManager;
import dev.weir.MemoryUsage;
import dev.weir.memory.MemoryReport;
import dev.weir.pool.ManagedPool;
import dev.weir.socketio.SocketIoServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be read. Thread-safe. */
final class Facts {

    /** How old a memory report may be; making one costs some tens of milliseconds. */
    private static final long REPORT_AGE = TimeUnit.SECONDS.toNanos(5);

    private static final int ACTIVITY_SECONDS = 60;

    private final ConnectionPoolManager manager;
    private final History history;
    private final Steering steering;
    private final Clock clock;
    private final Map<String, SocketIoServer> servers;
    private final @Nullable Supplier<MemoryReport> analysis;
    private final LongSupplier changes;
    private final ReentrantLock analysing = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable MemoryReport report;
    private long reportedAt;

    Facts(
            ConnectionPoolManager manager,
            History history,
            Steering steering,
            Clock clock,
            Map<String, SocketIoServer> servers,
            @Nullable Supplier<MemoryReport> analysis,
            LongSupplier changes) {
        this.manager = manager;
        this.history = history;
        this.steering = steering;
        this.clock = clock;
        this.servers = servers;
        this.analysis = analysis;
        this.changes = changes;
    }

    /** A pool's settings. */
    record Settings(String pool, List<Setting> settings) {}

    /**
     * Who holds the memory.
     *
     * @param report the analyzer's, if there is one
     * @param usage what the pools tell of themselves
     */
    record Memory(@Nullable MemoryReport report, MemoryUsage usage) {}

    /**
     * Lent connections by the second; of a pool that is remembered for less, the newest values.
     *
     * @param start the time of the first value, in seconds since 1970
     * @param seconds how many values there are
     * @param leased values by pool, the newest last
     */
    record Activity(long start, int seconds, Map<String, float[]> leased) {}

    /** A pool's series. */
    record PoolHistory(String pool, String resolution, History.Extract history) {}

    Overview overview() {
        return new Overview(clock.millis(), ProcessView.now(), budget(), rows(), changes.getAsLong());
    }

    List<PoolRow> rows() {
        List<PoolRow> rows = new ArrayList<>();
        for (ManagedPool pool : manager.pools()) {
            rows.add(row(pool));
        }
        return rows;
    }

    PoolRow row(ManagedPool pool) {
        return PoolRow.of(
                pool,
                manager.histories(pool.name()).orElse(null),
                steering.isDrained(pool),
                Steering.isSteerable(pool));
    }

    Overview.Budget budget() {
        return Overview.Budget.of(manager.budget());
    }

    Settings settings(String name) {
        ManagedPool pool = steering.pool(name);
        return new Settings(name, Setting.of(pool.settings(), Steering.isSteerable(pool)));
    }

    PoolHistory history(String name, boolean bySecond) {
        steering.pool(name);
        History.Extract extract = history.extract(name, bySecond, clock.second());
        if (extract == null) {
            throw new Problem(
                    404, "no-history", "Nothing is remembered of this pool yet, or there is no room for its history.");
        }
        return new PoolHistory(name, bySecond ? "second" : "minute", extract);
    }

    History.Memory memoryHistory(boolean bySecond) {
        return history.memory(bySecond, clock.second());
    }

    /** How many connections each pool had lent, by the second, lately. */
    Activity activity() {
        long second = clock.second();
        Map<String, float[]> leased = new LinkedHashMap<>();
        for (ManagedPool pool : manager.pools()) {
            leased.put(pool.name(), history.recent(pool.name(), Series.LEASED, second, ACTIVITY_SECONDS));
        }
        return new Activity(second - ACTIVITY_SECONDS + 1, ACTIVITY_SECONDS, leased);
    }

    Events events() {
        return new Events(manager, clock);
    }

    /** The statements of all pools. */
    Queries queries() {
        return Queries.of(manager.pools());
    }

    Queries queries(String name) {
        return Queries.of(List.of(steering.pool(name)));
    }

    List<Sockets> sockets() {
        List<Sockets> all = new ArrayList<>();
        servers.forEach((name, server) -> all.add(Sockets.of(name, server)));
        return all;
    }

    Memory memory() {
        return new Memory(report(), manager.memoryUsage());
    }

    /** One at a time, and not more often than somebody could read them. */
    private @Nullable MemoryReport report() {
        Supplier<MemoryReport> make = analysis;
        if (make == null) {
            return null;
        }
        analysing.lock();
        try {
            long now = System.nanoTime();
            if (report == null || now - reportedAt >= REPORT_AGE) {
                report = make.get();
                reportedAt = System.nanoTime();
            }
            return report;
        } finally {
            analysing.unlock();
        }
    }
}
