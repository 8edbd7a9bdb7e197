package dev.weir.http;

import dev.weir.budget.AccountSnapshot;
import dev.weir.budget.MemoryBudget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The bound over the connections of all routes: a {@link MemoryBudget} that counts connections instead of bytes. It keeps the
 * bound, shares among the routes, and calls idle connections back from those above their share. What it does not do is done
 * at the passes of the housekeeper: see {@link #settle}.
 */
final class SharedTotal {

    private final MemoryBudget connections;
    private volatile int max;

    SharedTotal(int max) {
        this.max = max;
        this.connections = MemoryBudget.ofBytes(max);
    }

    /** What the routes' pools are opened in. */
    MemoryBudget connections() {
        return connections;
    }

    int max() {
        return max;
    }

    void max(int to) {
        max = to;
        connections.limit(to);
    }

    /**
     * Sees that every route that waits gets its share, and one connection at least. The budget itself calls back only what is idle,
     * and gives nothing to anybody where a fair share is less than a whole connection.
     *
     * @param closeColdest closes the coldest idle connection over all routes, if there is one
     * @return how many connections routes owe, by the names of their pools
     */
    Map<String, Integer> settle(BooleanSupplier closeColdest) {
        connections.review();
        List<AccountSnapshot> routes = new ArrayList<>(connections.accounts());
        long missing = routes.stream().filter(SharedTotal::isShort).count();
        while (missing > 0 && closeColdest.getAsBoolean()) {
            missing--;
        }
        routes.sort(Comparator.comparingLong(AccountSnapshot::grantedBytes).reversed());
        Map<String, Integer> debts = new HashMap<>();
        for (AccountSnapshot route : routes) {
            long excess = route.grantedBytes() - route.fairShareBytes();
            if (missing > 0 && excess > 0) {
                long owed = Math.min(missing, excess);
                debts.put(route.name(), (int) owed);
                missing -= owed;
            }
        }
        return debts;
    }

    private static boolean isShort(AccountSnapshot route) {
        return route.demandBytes() > 0 && route.grantedBytes() < Math.max(1, route.fairShareBytes());
    }
}
