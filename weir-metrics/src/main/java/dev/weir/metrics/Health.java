package dev.weir.metrics;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.monitor.PoolHistories;
import dev.weir.pool.ManagedPool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How all pools of a manager are, found without borrowing from any: from counts, from what the last attempt to connect said
 * and from the alerts that are open. So asking costs nothing that a borrower could feel, and still answers when the pools are
 * exhausted. Immutable.
 *
 * @param status the worst of the pools'; {@link Status#DEGRADED} at least when the memory budget is full
 * @param reasons what is to be said of the manager itself; the pools have their own
 * @param pools each pool, in the order of registration
 */
public record Health(Status status, List<String> reasons, List<PoolHealth> pools) {

    /** From good to bad. */
    public enum Status {
        /** All is well. */
        UP,
        /** It works, but worse than it should. */
        DEGRADED,
        /** It works as hard as it may, and requests wait or are turned away. */
        SATURATED,
        /** There is no connection, and none can be opened. */
        UNREACHABLE
    }

    /** Copies the lists. */
    public Health {
        reasons = List.copyOf(reasons);
        pools = List.copyOf(pools);
    }

    /** How the pools are now. */
    public static Health of(ConnectionPoolManager manager) {
        List<PoolHealth> pools = new ArrayList<>();
        Status worst = Status.UP;
        for (ManagedPool pool : manager.pools()) {
            PoolHistories histories = manager.histories(pool.name()).orElse(null);
            PoolHealth health = PoolHealth.of(pool, pool.snapshot(), histories);
            pools.add(health);
            worst = worse(worst, health.status());
        }
        List<String> reasons = new ArrayList<>();
        if (manager.isShutDown()) {
            reasons.add("the manager is shut down");
            worst = Status.UNREACHABLE;
        }
        String full = fullBudget(manager.budget());
        if (full != null) {
            reasons.add(full);
            worst = worse(worst, Status.DEGRADED);
        }
        return new Health(worst, reasons, pools);
    }

    private static @Nullable String fullBudget(MemoryBudget budget) {
        long limit = budget.limitBytes();
        long granted = budget.grantedBytes();
        return granted < limit || limit == Long.MAX_VALUE
                ? null
                : "the memory budget is used up: " + granted + " of " + limit + " bytes";
    }

    private static Status worse(Status one, Status other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
