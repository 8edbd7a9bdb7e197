package dev.weir.http;

import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.pool.AcquireException;
import dev.weir.pool.ConnectionKind;
import dev.weir.pool.Lease;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A pool of the engine for each route, under one total and one account of the memory budget; seen from outside, one {@link
 * ManagedPool}.
 *
 * <p>The routes share a {@link SharedTotal}; one that keeps all its connections at work may come to owe some to others, and pays as
 * they return.
 *
 * <p>Leasing is a look-up in a concurrent map and the engine's lease; the lock is taken to let routes in and out, and by the
 * housekeeper.
 */
final class RoutePools<K, O extends Occupant> implements ManagedPool {

    /** How long a route without connections is kept. */
    private static final long ROUTE_REST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long a route without a connection waits before it is favoured, and by how much. */
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private static final int FAVOUR = 10_000;

    private final String name;
    private final OccupantKind<K, O> kind;
    private final PoolEnvironment environment;
    private final SharedTotal total;
    private final ByteAccount account;
    private final EventStream.Subscription passes;
    private final ConcurrentHashMap<K, RoutePool<K, O>> routes = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile PoolSettings settings;
    private volatile boolean shut;
    private volatile boolean aborted;

    // Guarded by the lock.
    /** Taken out of the map, and waiting for their last connections to come back. */
    private final List<RoutePool<K, O>> leaving = new ArrayList<>();

    private final Map<K, Integer> maxima = new HashMap<>();
    private final SnapshotSum departed = new SnapshotSum();
    private final int maxRoutes;
    private long sweptAt;
    private @Nullable RoutePool<K, O> favoured;

    /**
     * Opens it.
     *
     * @throws IllegalStateException if the environment's budget has no room for the floor
     */
    RoutePools(HttpSettings http, OccupantKind<K, O> kind, PoolEnvironment shared) {
        this.name = http.name();
        this.kind = kind;
        this.settings = http.perRoute();
        this.maxRoutes = http.maxRoutes();
        this.total = new SharedTotal(http.maxTotal());
        this.environment = PoolEnvironment.of(shared.events(), total.connections());
        this.account = new ByteAccount(
                name, settings, shared.budget(), environment.ticker(), this::coldestIdleNanos, this::closeColdest);
        this.sweptAt = environment.ticker().nanos();
        this.passes = environment.onPass(this::pass);
    }

    // Lending

    /**
     * Leases from the route's pool.
     *
     * @throws AcquireException if there is none; its reason and message say why
     * @throws IllegalStateException if this is shut down, or there are too many routes at work
     */
    Slot<O> lease(K route, long timeoutNanos) {
        while (true) {
            RoutePool<K, O> known = route(route);
            try {
                return known.pool.lease(timeoutNanos);
            } catch (AcquireException refused) {
                if (!hasLeft(known, refused)) {
                    throw refused;
                }
            }
        }
    }

    /** Asks the route's pool; whoever is refused because the route {@linkplain #hasLeft has left} asks again. */
    CompletionStage<Lease<O>> acquireAsync(RoutePool<K, O> route, Duration timeout) {
        return route.pool.acquireAsync(timeout);
    }

    RoutePool<K, O> route(K route) {
        RoutePool<K, O> known = routes.get(route);
        return known != null ? known : admit(route);
    }

    /** Whether the request met a route that was about to leave; asking again lets it in anew. */
    boolean hasLeft(RoutePool<K, O> route, AcquireException refused) {
        return refused.reason() == AcquireException.Reason.SHUT_DOWN && !shut && routes.get(route.route) != route;
    }

    /** Gives an occupant back, or ends it where another route has been waiting for its share. */
    void giveBack(Slot<O> slot, long word, O occupant) {
        if (occupant.debt.payOne()) {
            slot.pool().retire(slot, word, CloseReason.RECLAIMED);
        } else {
            slot.pool().giveBack(slot, word);
        }
    }

    private RoutePool<K, O> admit(K route) {
        lock.lock();
        try {
            RoutePool<K, O> known = routes.get(route);
            if (known != null) {
                return known;
            }
            if (shut) {
                throw new IllegalStateException("pool " + name + " is shut down");
            }
            if (routes.size() >= maxRoutes && !dismissOne()) {
                throw new IllegalStateException("pool " + name + " has " + routes.size()
                        + " routes at work and takes no other: raise maxRoutes, or find out why there are so many");
            }
            String label = name + " " + kind.label(route);
            Debt debt = new Debt();
            RouteConnector<K, O> connector = new RouteConnector<>(name, route, kind, account, debt);
            Pool<O> pool = Pool.open(label, connector, settingsOf(route), environment);
            RoutePool<K, O> admitted =
                    new RoutePool<>(route, pool, debt, environment.ticker().nanos());
            routes.put(route, admitted);
            return admitted;
        } finally {
            lock.unlock();
        }
    }

    private PoolSettings settingsOf(K route) {
        return settings.toBuilder()
                .max(maxima.getOrDefault(route, settings.max()))
                .budgetFloor(0)
                .budgetWeight(favoured != null && favoured.route.equals(route) ? FAVOUR : 1)
                .budgetCeiling(Long.MAX_VALUE)
                .build();
    }

    // Looking after; under the lock

    private void pass(long now) {
        account.pass(now);
        kind.measurable().forEach(account::correct);
        Map<String, Integer> debts = total.settle(this::closeColdest);
        lock.lock();
        try {
            for (RoutePool<K, O> route : routes.values()) {
                route.debt.owe(debts.getOrDefault(route.pool.name(), 0));
            }
            if (!debts.isEmpty() || favoured != null) {
                favourLongestWaiting();
            }
            leaving.removeIf(this::hasEnded);
            if (now - sweptAt >= SWEEP_NANOS) {
                sweptAt = now;
                sweep();
                dismissRested(now);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Where there are more routes than connections the budget would serve those that came first; so whoever has no connection and
     * has waited longest weighs more than the others, until it has one.
     */
    private void favourLongestWaiting() {
        RoutePool<K, O> longest = null;
        Duration wait = PATIENCE;
        for (RoutePool<K, O> route : routes.values()) {
            PoolSnapshot snapshot = route.pool.snapshot();
            if (snapshot.size() == 0
                    && snapshot.waiting() > 0
                    && snapshot.oldestWait().compareTo(wait) >= 0) {
                longest = route;
                wait = snapshot.oldestWait();
            }
        }
        RoutePool<K, O> before = favoured;
        if (longest != before) {
            favoured = longest;
            adjust(before);
            adjust(longest);
        }
    }

    private void adjust(@Nullable RoutePool<K, O> route) {
        if (route != null && routes.get(route.route) == route) { // otherwise it has left
            PoolSettings adjusted = settingsOf(route.route);
            route.pool.reconfigure(now -> adjusted);
        }
    }

    private void sweep() {
        long epochMillis = System.currentTimeMillis();
        for (RoutePool<K, O> route : routes.values()) {
            route.pool.closeIdle(occupant -> kind.isOver(occupant, epochMillis), CloseReason.IDLE);
        }
    }

    private void dismissRested(long now) {
        for (RoutePool<K, O> route : List.copyOf(routes.values())) {
            PoolSnapshot snapshot = route.pool.snapshot();
            if (route.unusedFor(snapshot, now) >= ROUTE_REST_NANOS && snapshot.size() == 0) {
                dismiss(route);
            }
        }
    }

    /** Makes room for a new route; false if all are at work. */
    private boolean dismissOne() {
        RoutePool<K, O> longest = null;
        for (RoutePool<K, O> route : routes.values()) {
            if (!route.isBusy() && (longest == null || route.usedAt() - longest.usedAt() < 0)) {
                longest = route;
            }
        }
        if (longest != null) {
            dismiss(longest);
        }
        return longest != null;
    }

    private void dismiss(RoutePool<K, O> route) {
        route.pool.refuse();
        routes.remove(route.route, route);
        // Who has queued in between is refused, and asks again.
        route.pool.failWaiters();
        leaving.add(route);
        leaving.removeIf(this::hasEnded);
    }

    private boolean hasEnded(RoutePool<K, O> route) {
        if (route.pool.connectionsLeft() > 0) {
            return false;
        }
        departed.addTotals(route.pool.snapshot());
        route.pool.dispose();
        return true;
    }

    @Override
    public List<Pool<?>> engines() {
        List<Pool<?>> pools = new ArrayList<>();
        routes.values().forEach(route -> pools.add(route.pool));
        return pools;
    }

    // The memory budget's side

    private long coldestIdleNanos() {
        RoutePool<K, O> coldest = coldest();
        return coldest == null ? -1 : coldest.pool.coldestIdleNanos();
    }

    private boolean closeColdest() {
        RoutePool<K, O> coldest = coldest();
        return coldest != null && coldest.pool.closeColdest(CloseReason.RECLAIMED);
    }

    private @Nullable RoutePool<K, O> coldest() {
        RoutePool<K, O> coldest = null;
        long longest = -1;
        for (RoutePool<K, O> route : routes.values()) {
            long idle = route.pool.coldestIdleNanos();
            if (idle > longest) {
                longest = idle;
                coldest = route;
            }
        }
        return coldest;
    }

    // Steering

    /** Closes idle occupants that are picked; returns how many will go. */
    int closeIdle(Predicate<? super O> which) {
        int going = 0;
        for (RoutePool<K, O> route : routes.values()) {
            going += route.pool.closeIdle(which, CloseReason.EVICTED);
        }
        return going;
    }

    int closeOver() {
        long epochMillis = System.currentTimeMillis();
        return closeIdle(occupant -> kind.isOver(occupant, epochMillis));
    }

    int maxTotal() {
        return total.max();
    }

    void maxTotal(int max) {
        total.max(max);
    }

    int maxOf(K route) {
        lock.lock();
        try {
            return maxima.getOrDefault(route, settings.max());
        } finally {
            lock.unlock();
        }
    }

    /** Sets a maximum for one route; negative: that of all. */
    void maxOf(K route, int max) {
        lock.lock();
        try {
            if (max < 0) {
                maxima.remove(route);
            } else if (maxima.size() >= HttpSettings.MOST_ROUTES && !maxima.containsKey(route)) {
                throw new IllegalStateException("pool " + name + " keeps a maximum of their own for at most "
                        + HttpSettings.MOST_ROUTES + " routes: change the one for all routes instead");
            } else {
                maxima.put(route, max);
            }
            RoutePool<K, O> known = routes.get(route);
            if (known != null) {
                PoolSettings changed = settingsOf(route);
                known.pool.reconfigure(now -> changed);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Swaps the settings of all routes while they run. */
    void reconfigure(PoolSettings changed) {
        lock.lock();
        try {
            account.reconfigure(changed);
            settings = changed;
            for (RoutePool<K, O> route : routes.values()) {
                PoolSettings own = settingsOf(route.route);
                route.pool.reconfigure(now -> own);
            }
        } finally {
            lock.unlock();
        }
    }

    // Looking

    /** Under the lock, for a look at the map while routes come and go may see one that left and the one in its place. */
    Set<K> routes() {
        lock.lock();
        try {
            return Set.copyOf(routes.keySet());
        } finally {
            lock.unlock();
        }
    }

    @Nullable PoolSnapshot snapshotOf(K route) {
        RoutePool<K, O> known = routes.get(route);
        return known == null ? null : known.pool.snapshot();
    }

    List<PoolSnapshot> routeSnapshots() {
        List<PoolSnapshot> snapshots = new ArrayList<>();
        for (RoutePool<K, O> route : routes.values()) {
            snapshots.add(route.pool.snapshot());
        }
        return snapshots;
    }

    /** Routes to one server, by way of several proxies for instance, are added up. */
    @Override
    public List<EndpointUse> endpoints() {
        Map<String, EndpointUse> uses = new TreeMap<>();
        for (RoutePool<K, O> route : routes.values()) {
            PoolSnapshot now = route.pool.snapshot();
            EndpointUse use = new EndpointUse(kind.endpoint(route.route), now.idle(), now.leased());
            uses.merge(
                    use.endpoint(),
                    use,
                    (a, b) -> new EndpointUse(a.endpoint(), a.idle() + b.idle(), a.leased() + b.leased()));
        }
        return List.copyOf(uses.values());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ConnectionKind connectionKind() {
        return ConnectionKind.HTTP;
    }

    @Override
    public PoolSettings settings() {
        return settings;
    }

    @Override
    public PoolSnapshot snapshot() {
        lock.lock();
        try {
            SnapshotSum sum = new SnapshotSum();
            sum.add(departed);
            all().forEach(pool -> sum.add(pool.snapshot()));
            return sum.snapshot(name, settings, total.max(), account.grantedBytes(), shut);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public MeasuredConnections measuredConnections() {
        int count = 0;
        long bytes = 0;
        for (O occupant : kind.measurable()) {
            long measured = occupant.measured;
            if (measured > 0) {
                count++;
                bytes += measured;
            }
        }
        return new MeasuredConnections(count, bytes);
    }

    private List<Pool<O>> all() {
        lock.lock();
        try {
            List<Pool<O>> all = new ArrayList<>(routes.size() + leaving.size());
            routes.values().forEach(route -> all.add(route.pool));
            leaving.forEach(route -> all.add(route.pool));
            return all;
        } finally {
            lock.unlock();
        }
    }

    // Ending

    @Override
    public void refuse() {
        lock.lock();
        try {
            shut = true;
        } finally {
            lock.unlock();
        }
        all().forEach(Pool::refuse);
    }

    @Override
    public void failWaiters() {
        all().forEach(Pool::failWaiters);
    }

    @Override
    public int inUse() {
        return all().stream().mapToInt(Pool::inUse).sum();
    }

    @Override
    public void cancelLeased() {
        all().forEach(Pool::cancelLeased);
    }

    /** Whether what was lent has been ended under its holders, who must not connect again in its place. */
    boolean isAborted() {
        return aborted;
    }

    @Override
    public void abortLeased() {
        aborted = true;
        all().forEach(Pool::abortLeased);
    }

    @Override
    public int connectionsLeft() {
        return all().stream().mapToInt(Pool::connectionsLeft).sum();
    }

    @Override
    public void dispose() {
        refuse();
        aborted = true;
        passes.close();
        all().forEach(Pool::dispose);
        account.close();
    }

    @Override
    public String toString() {
        return snapshot().counts();
    }
}
