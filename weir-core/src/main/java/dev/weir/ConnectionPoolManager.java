package dev.weir;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.monitor.AlertRule;
import dev.weir.monitor.BuiltInRules;
import dev.weir.monitor.Monitor;
import dev.weir.monitor.PoolHistories;
import dev.weir.pool.Connector;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.MemoryWatch;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every pool of a process, of any kind: one event stream, one memory budget, histories and alerts of each, and one
 * shutdown for all. Thread-safe. At most {@value Registry#MAX_POOLS} pools.
 *
 * <p>What it remembers of a pool takes {@value PoolHistories#MAX_TOTAL_BYTES} bytes at most, some 40,000 of them for
 * samples and the rest for scaling decisions, alerts and leaks; of a pool that has never done anything, one sample.
 *
 * <p>It has no thread of its own; while a pool is registered, the pools' housekeeper passes by and samples it.
 */
public final class ConnectionPoolManager implements AutoCloseable {

    /** The deadline of {@link #close()}. */
    public static final Duration CLOSE_DEADLINE = Duration.ofSeconds(30);
    /** The time from one sample of a pool to the next. */
    public static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(1);

    private final PoolEnvironment environment;
    private final Monitor monitor;
    private final List<AlertRule> rules;
    private final ReentrantLock lock = new ReentrantLock();
    private final CompletableFuture<ShutdownReport> report = new CompletableFuture<>();

    // Guarded by the lock.
    private final Registry registry = new Registry();
    private EventStream.@Nullable Subscription passes;
    private @Nullable Thread shuttingDown;
    private @Nullable MemoryWatch memoryWatch;

    private ConnectionPoolManager(PoolEnvironment environment, List<AlertRule> rules) {
        this.environment = environment;
        this.rules = List.copyOf(rules);
        this.monitor = new Monitor(environment.events(), environment.budget(), SAMPLE_INTERVAL);
    }

    /** A manager whose pools may use as much memory as they like. */
    public static ConnectionPoolManager create() {
        return create(MemoryBudget.unlimited());
    }

    /** A manager whose pools share a memory budget. */
    public static ConnectionPoolManager create(MemoryBudget budget) {
        return on(PoolEnvironment.of(new EventStream(), budget), BuiltInRules.all());
    }

    /**
     * A manager over an environment, which should be its own: a shutdown removes every listener of its event stream.
     *
     * @param rules what every pool is judged by
     */
    public static ConnectionPoolManager on(PoolEnvironment environment, List<AlertRule> rules) {
        return new ConnectionPoolManager(environment, rules);
    }

    /** What pools that are to be registered here are opened in. */
    public PoolEnvironment environment() {
        return environment;
    }

    /** Where everything that happens is told. */
    public EventStream events() {
        return environment.events();
    }

    /** What all pools are paid from. */
    public MemoryBudget budget() {
        return environment.budget();
    }

    /**
     * Opens a pool and registers it.
     *
     * @throws IllegalArgumentException if the name is taken
     * @throws IllegalStateException after a shutdown, if there are too many pools, or if the budget has no room for the
     *     pool's floor
     */
    public <C> Pool<C> open(String name, Connector<C> connector, PoolSettings settings, String... dependsOn) {
        Pool<C> pool = Pool.open(name, connector, settings, environment);
        try {
            register(pool, dependsOn);
            return pool;
        } catch (RuntimeException refused) {
            pool.refuse();
            pool.failWaiters();
            pool.dispose();
            throw refused;
        }
    }

    /**
     * Takes a pool under management.
     *
     * @param dependsOn pools, registered already, that this one's connections or their work need: this one is shut down
     *     before them. Where nothing is said, the pools registered last are shut down first, but side by side
     * @throws IllegalArgumentException if the name is taken or a dependency unknown
     * @throws IllegalStateException after a shutdown, or if there are too many pools
     */
    public void register(ManagedPool pool, String... dependsOn) {
        lock.lock();
        try {
            if (shuttingDown != null) {
                throw new IllegalStateException("the manager is shut down and takes no pool: " + pool.name());
            }
            registry.add(pool, List.of(dependsOn));
            if (memoryWatch != null) {
                pool.watchMemory(memoryWatch);
            }
            monitor.watch(pool, rules, environment.ticker().nanos());
            if (passes == null) {
                passes = environment.onPass(this::pass);
            }
        } finally {
            lock.unlock();
        }
        events().publish(new PoolEvent.Registered(
                pool.name(), environment.ticker().nanos()));
    }

    /** Lets a pool go, for its owner to end it; forgets its histories. Returns whether it was registered. */
    public boolean unregister(String pool) {
        boolean known;
        lock.lock();
        try {
            known = registry.remove(pool);
            if (known) {
                monitor.unwatch(pool);
            }
            if (registry.all().isEmpty()) {
                stopPasses();
            }
        } finally {
            lock.unlock();
        }
        if (known) {
            events().publish(new PoolEvent.Unregistered(
                    pool, environment.ticker().nanos()));
        }
        return known;
    }

    /** The pools in the order of registration; none after a shutdown. */
    public List<ManagedPool> pools() {
        lock.lock();
        try {
            return registry.all();
        } finally {
            lock.unlock();
        }
    }

    /** A pool by its name. */
    public Optional<ManagedPool> pool(String name) {
        lock.lock();
        try {
            return Optional.ofNullable(registry.get(name));
        } finally {
            lock.unlock();
        }
    }

    /** What is remembered of a pool; empty if it is not registered. */
    public Optional<PoolHistories> histories(String pool) {
        return Optional.ofNullable(monitor.histories(pool));
    }

    /** Adds a listener, which stays until it is closed or the manager is shut down. */
    public EventStream.Subscription addListener(Consumer<? super PoolEvent> listener) {
        lock.lock();
        try {
            if (shuttingDown != null) {
                throw new IllegalStateException("the manager is shut down and takes no listener");
            }
            return events().subscribe(listener);
        } finally {
            lock.unlock();
        }
    }

    /** Samples pools whose time has come and reviews the budget; the housekeeper calls this, and so may a test. */
    void pass(long nanos) {
        monitor.pass(nanos);
        budget().review();
    }

    /**
     * Has the connections of all pools, those registered later too, weighed from now on; the budget follows what is found, and
     * what is bloated is retired. {@code null}: no more.
     */
    public void watchMemory(@Nullable MemoryWatch watch) {
        lock.lock();
        try {
            memoryWatch = watch;
            registry.all().forEach(pool -> pool.watchMemory(watch));
        } finally {
            lock.unlock();
        }
    }

    /** What all pools hold in memory, measured where that is possible and estimated, marked so, where not. */
    public MemoryUsage memoryUsage() {
        List<MemoryUsage.PoolUsage> usages = new ArrayList<>();
        for (ManagedPool pool : pools()) {
            usages.add(MemoryCensus.of(pool, monitor.begunHistories(pool.name())));
        }
        return MemoryUsage.of(usages, budget().grantedBytes());
    }

    /**
     * Shuts every pool down: refuse new requests, fail those that wait, drain, cancel what is still at work, abort what
     * does not stop, and give up what is left. Pools that depend on others go first. Then every collection is emptied
     * and every listener removed.
     *
     * <p>Once only: later and concurrent calls wait for the first and return its report, whatever their deadline. The
     * wait is not cut short by an interrupt, which is kept for the caller.
     *
     * @param deadline for all of it; zero aborts at once
     * @throws IllegalStateException if called by a listener from within the shutdown
     */
    public ShutdownReport shutdown(Duration deadline) {
        List<List<ManagedPool>> groups;
        lock.lock();
        try {
            if (shuttingDown == Thread.currentThread() && !report.isDone()) {
                throw new IllegalStateException("this thread is shutting the manager down already");
            }
            groups = shuttingDown == null ? registry.endingOrder() : null;
            if (groups != null) {
                shuttingDown = Thread.currentThread();
            }
        } finally {
            lock.unlock();
        }
        return groups == null ? report.join() : shutDown(groups, deadline);
    }

    private ShutdownReport shutDown(List<List<ManagedPool>> groups, Duration deadline) {
        boolean interrupted = Thread.interrupted();
        try {
            Shutdown shutdown = new Shutdown(groups, events(), environment.ticker(), deadline);
            shutdown.run();
            List<ManagedPool> ended;
            lock.lock();
            try {
                stopPasses();
                ended = registry.all();
                registry.clear();
            } finally {
                lock.unlock();
            }
            long now = environment.ticker().nanos();
            ended.forEach(pool -> events().publish(new PoolEvent.Unregistered(pool.name(), now)));
            monitor.close();
            events().clear();
            ShutdownReport done = shutdown.report(budget().grantedBytes(), events().listeners());
            report.complete(done);
            return done;
        } catch (RuntimeException | Error failure) {
            report.completeExceptionally(failure);
            throw failure;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether a shutdown has begun. */
    public boolean isShutDown() {
        lock.lock();
        try {
            return shuttingDown != null;
        } finally {
            lock.unlock();
        }
    }

    /** Shuts down with a deadline of 30 s. */
    @Override
    public void close() {
        shutdown(CLOSE_DEADLINE);
    }

    private void stopPasses() {
        if (passes != null) {
            passes.close();
            passes = null;
        }
    }
}
