package dev.weir.memory;

import dev.weir.ConnectionPoolManager;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.MemoryWatch;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.SlotWeight;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Tells the analyzer of Weir's own pools what their manager knows: their counts, what the servers hold for their connections, and what
 * settings would save. Thread-safe.
 *
 * <pre>{@code
 * manager.watchMemory(ManagerProbe.watch());
 * ProcessMemoryAnalyzer analyzer = ProcessMemoryAnalyzer.builder().probe(new ManagerProbe(manager)).build();
 * }</pre>
 */
public final class ManagerProbe implements MemoryProbe {

    private final ConnectionPoolManager manager;
    private final Advisor advisor = new Advisor();

    /** A probe of this manager's pools. */
    public ManagerProbe(ConnectionPoolManager manager) {
        this.manager = manager;
    }

    /** The standard watch, which weighs the driver's side too where the agent was started with this process. */
    public static MemoryWatch watch() {
        return MemoryWatch.builder().driverWeigher(DriverHeap.ofThisProcess()).build();
    }

    @Override
    public List<FoundOwner> find() {
        List<FoundOwner> owners = new ArrayList<>();
        for (ManagedPool pool : manager.pools()) {
            if (!pool.engines().isEmpty()) {
                owners.add(owner(pool));
            }
        }
        return owners;
    }

    @Override
    public List<MemoryAdvice> advice() {
        return advisor.advice(manager.pools());
    }

    private static FoundOwner owner(ManagedPool pool) {
        PoolSnapshot snapshot = pool.snapshot();
        List<SlotWeight> weights = pool.weights();
        int connections = snapshot.idle() + snapshot.leased();
        ManagedPool.MeasuredConnections measured = pool.measuredConnections();
        PoolSnapshot.Totals totals = snapshot.totals();
        return new FoundOwner(
                pool.name(),
                "Weir",
                kind(pool),
                List.copyOf(pool.engines()),
                Set.of(),
                new FoundOwner.Counts(
                        connections,
                        snapshot.leased(),
                        totals.opened(),
                        totals.closed(),
                        connections > 0 && measured.connections() == connections ? measured.bytes() : null),
                "its manager",
                ServerSide.of(weights, connections));
    }

    private static OwnerKind kind(ManagedPool pool) {
        return switch (pool.connectionKind()) {
            case JDBC -> OwnerKind.DATABASE;
            case REDIS -> OwnerKind.REDIS;
            case HTTP -> OwnerKind.HTTP;
            default -> OwnerKind.OTHER;
        };
    }
}
