package dev.weir.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.ConnectionPoolManager;
import dev.weir.budget.BudgetExceededException;
import dev.weir.pool.Eviction;
import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.Pool;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The operator's verbs. Thread-safe. */
final class Steering {

    private final ConnectionPoolManager manager;
    private final Set<String> drained = ConcurrentHashMap.newKeySet();

    Steering(ConnectionPoolManager manager) {
        this.manager = manager;
    }

    /**
     * A pool by its name.
     *
     * @throws Problem 404
     */
    ManagedPool pool(String name) {
        return manager.pool(name)
                .orElseThrow(() -> new Problem(404, "no-such-pool", "There is no pool of that name: see /api/pools."));
    }

    /** Whether the pool is one engine that can be paused, resized and set. */
    static boolean isSteerable(ManagedPool pool) {
        List<Pool<?>> engines = pool.engines();
        return !pool.governed() && engines.size() == 1 && engines.get(0).name().equals(pool.name());
    }

    boolean isDrained(ManagedPool pool) {
        return drained.contains(pool.name());
    }

    /** Forgets which of the pools that are gone were drained. */
    void retain(Set<String> pools) {
        drained.retainAll(pools);
    }

    void pause(String name) {
        engine(name).suspend();
    }

    void resume(String name) {
        Pool<?> engine = engine(name);
        drained.remove(name);
        engine.resume();
    }

    /** Pauses, and ends every connection as it comes back. */
    void drain(String name) {
        Pool<?> engine = engine(name);
        drained.add(name);
        engine.suspend();
        engine.evict(Eviction.SOFT);
    }

    /** Ends the connections there are: idle ones now, leased ones as they come back or, hard, at once. */
    void evict(String name, Eviction how) {
        ManagedPool pool = pool(name);
        List<Pool<?>> engines = pool.engines();
        if (engines.isEmpty()) {
            throw Problem.conflict(
                    pool.governed()
                            ? "This pool is not Weir's own: only its owner can evict its connections."
                            : "This pool holds no connections that could be evicted.");
        }
        engines.forEach(engine -> engine.evict(how));
    }

    void resize(String name, int min, int max) {
        configure(name, Map.of("min", Json.MAPPER.valueToTree(min), "max", Json.MAPPER.valueToTree(max)));
    }

    /**
     * Changes settings, all of them or none.
     *
     * @throws Problem 400 for what cannot be, 409 if the budget has no room
     */
    void configure(String name, Map<String, JsonNode> changes) {
        Pool<?> engine = engine(name);
        try {
            engine.reconfigure(now -> Setting.changed(now, changes));
        } catch (InvalidSettingsException invalid) {
            throw Problem.bad(String.valueOf(invalid.getMessage()));
        } catch (IllegalStateException refused) {
            throw Problem.conflict(String.valueOf(refused.getMessage()));
        }
    }

    /** Changes the limit of the memory budget. */
    void limit(long bytes) {
        try {
            manager.budget().limit(bytes);
        } catch (BudgetExceededException refused) {
            throw Problem.conflict(String.valueOf(refused.getMessage()));
        }
    }

    private Pool<?> engine(String name) {
        ManagedPool pool = pool(name);
        if (!isSteerable(pool)) {
            throw Problem.conflict("This pool cannot be steered from here: it is "
                    + (pool.governed() ? "not Weir's own." : "no single pool of the engine."));
        }
        if (pool.snapshot().shutDown()) {
            throw Problem.conflict("This pool is shut down.");
        }
        return pool.engines().get(0);
    }
}
