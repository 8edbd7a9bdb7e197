package dev.weir.jdbc.governed;

import dev.weir.ConnectionPoolManager;
import dev.weir.event.EventStream;
import dev.weir.pool.ConnectionKind;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A connection pool that belongs to somebody else, under a manager: counted, bounded by the memory budget where it can be
 * resized, asked for its idle connections under pressure, and ended in the one shutdown.
 *
 * <pre>{@code
 * GovernedPool.of(hikariDataSource).name("orders").govern(manager);
 * }</pre>
 *
 * <p>It has no thread: the pools' housekeeper looks at it at each pass, and what may block runs on the pools' workers. What
 * it tells is what was seen at these looks, and what the pool itself counts; how long requests waited no pool tells.
 * {@code docs/governed-pools.md} has what each kind can do, and what is done instead of what it cannot. Thread-safe.
 */
public final class GovernedPool implements ManagedPool {

    private final String name;
    private final ForeignPool pool;
    private final ConnectionPoolManager manager;
    private final Allowance allowance;
    private final Sightings sightings;
    private final EventStream.Subscription passes;
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean left = new AtomicBoolean();
    private volatile boolean refused;

    private GovernedPool(String name, ForeignPool pool, ConnectionPoolManager manager, BudgetShare share) {
        PoolEnvironment environment = manager.environment();
        this.name = name;
        this.pool = pool;
        this.manager = manager;
        this.sightings = new Sightings();
        this.allowance = new Allowance(pool, environment, name, share);
        allowance.begin();
        this.passes = environment.onPass(this::pass);
    }

    /**
     * A pool, or something that wraps one, to be governed.
     *
     * @throws IllegalArgumentException if it is of no kind in {@link PoolKind}
     */
    public static GovernedPoolBuilder of(Object pool) {
        return recognise(pool)
                .orElseThrow(() -> new IllegalArgumentException(pool.getClass().getName()
                        + " is no pool that Weir can govern, nor wraps one: it governs " + List.of(PoolKind.values())));
    }

    /** The same for whatever object, such as each bean of a container: empty if it is no pool of a known kind. */
    public static Optional<GovernedPoolBuilder> recognise(Object bean) {
        ForeignPool known = PoolKind.recognise(bean);
        return known == null ? Optional.empty() : Optional.of(new GovernedPoolBuilder(known));
    }

    /**
     * The pools of this process that show themselves, as MBeans of the platform's server or, for c3p0, in its registry; but
     * for those whose name the manager has already. A pool that is known by its MBean only cannot be closed by Weir.
     *
     * @throws IllegalStateException if the pools of a kind cannot be looked for
     */
    public static List<GovernedPoolBuilder> found(ConnectionPoolManager manager) {
        return PoolKind.search(ManagementFactory.getPlatformMBeanServer()).stream()
                .filter(pool -> !pool.closed() && manager.pool(pool.name()).isEmpty())
                .map(GovernedPoolBuilder::new)
                .toList();
    }

    static GovernedPool govern(
            String name, ForeignPool pool, ConnectionPoolManager manager, BudgetShare share, String... dependsOn) {
        if (pool.closed()) {
            throw new IllegalArgumentException("pool " + name + " is closed already");
        }
        if (manager.pool(name).isPresent()) {
            throw new IllegalArgumentException(
                    "a pool named " + name + " is registered already: names are unique, choose another by name()");
        }
        GovernedPool governed = new GovernedPool(name, pool, manager, share);
        try {
            manager.register(governed, dependsOn);
        } catch (RuntimeException refused) {
            governed.leave(true);
            throw refused;
        }
        return governed;
    }

    /** What kind of pool it is. */
    public PoolKind kind() {
        return pool.kind();
    }

    /** Whether its maximum follows the memory budget; else it is only counted and asked for idle connections. */
    public boolean isBounded() {
        return pool.resizable();
    }

    /** Whether Weir can close it: not if it is known by its MBean only. */
    public boolean isClosable() {
        return pool.closable();
    }

    /** Ceases to govern it: it is set to what its owner wants, and lives on. Does nothing when called again. */
    public void letGo() {
        if (leave(true)) {
            manager.unregister(name);
        }
    }

    private boolean leave(boolean restore) {
        if (!left.compareAndSet(false, true)) {
            return false;
        }
        passes.close();
        allowance.end(restore);
        return true;
    }

    private void pass(long nanos) {
        if (pool.closed() && !refusing.get()) {
            // By its owner: nothing is left to govern.
            if (leave(false)) {
                manager.unregister(name);
            }
            return;
        }
        sightings.see(pool.use(), nanos);
        allowance.follow();
        closeOnceDrained();
    }

    // What it looks like

    @Override
    public String name() {
        return name;
    }

    @Override
    public PoolSnapshot snapshot() {
        return sightings.snapshot(
                name, pool.use(), allowance, manager.environment().ticker().nanos(), refusing.get() || pool.closed());
    }

    @Override
    public ConnectionKind connectionKind() {
        return ConnectionKind.JDBC;
    }

    @Override
    public PoolSettings settings() {
        return OwnersSettings.translate(allowance.owners(), allowance.account());
    }

    @Override
    public boolean governed() {
        return true;
    }

    // The end

    /** Begins at once to lend no more, as far as this kind of pool can. */
    @Override
    public void refuse() {
        if (refusing.compareAndSet(false, true)) {
            allowance.windUp();
            onWorker("refuse", () -> {
                pool.refuse();
                refused = true;
            });
        }
    }

    /** Does nothing: who waits in such a pool is failed by its close, or served from what comes back. */
    @Override
    public void failWaiters() {}

    @Override
    public int inUse() {
        closeOnceDrained();
        return pool.use().leased();
    }

    /** Does nothing: no such pool tells what runs on its connections. */
    @Override
    public void cancelLeased() {}

    @Override
    public void abortLeased() {
        onWorker("abort", pool::abort);
    }

    @Override
    public int connectionsLeft() {
        closeOnceDrained();
        return pool.use().size();
    }

    @Override
    public void dispose() {
        refuse();
        close();
        leave(false);
    }

    private void closeOnceDrained() {
        if (refused && pool.use().leased() == 0) {
            close();
        }
    }

    private void close() {
        if (closing.compareAndSet(false, true)) {
            onWorker("close", pool::close);
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private void onWorker(String what, Work work) {
        manager.environment().workers().execute(() -> {
            try {
                work.run();
            } catch (Exception failure) {
                allowance.tell(what + ": " + failure);
            }
        });
    }

    /** The pool's counts. */
    @Override
    public String toString() {
        return pool.kind().title() + " " + snapshot().counts();
    }
}
