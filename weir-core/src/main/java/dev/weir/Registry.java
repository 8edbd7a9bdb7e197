package dev.weir;

import dev.weir.budget.MemoryBudget;
import dev.weir.pool.ManagedPool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pools of a manager and what they depend on. A pool may depend only on pools that are there already, so there are
 * no cycles. Guarded by the manager's lock.
 */
final class Registry {

    /** As many as a budget keeps accounts: a pool for each of a thousand tenants. */
    static final int MAX_POOLS = MemoryBudget.MAX_ACCOUNTS;

    private record Entry(ManagedPool pool, Set<String> dependsOn) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    void add(ManagedPool pool, Collection<String> dependsOn) {
        String name = pool.name();
        if (entries.size() >= MAX_POOLS) {
            throw new IllegalStateException("a manager keeps at most " + MAX_POOLS + " pools");
        }
        if (entries.containsKey(name)) {
            throw new IllegalArgumentException("a pool named " + name + " is registered already: names are unique");
        }
        for (String other : dependsOn) {
            if (!entries.containsKey(other)) {
                throw new IllegalArgumentException("pool " + name + " depends on " + other
                        + ", which is not registered: register " + other + " first");
            }
        }
        entries.put(name, new Entry(pool, Set.copyOf(dependsOn)));
    }

    boolean remove(String name) {
        return entries.remove(name) != null;
    }

    @Nullable ManagedPool get(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : entry.pool();
    }

    List<ManagedPool> all() {
        List<ManagedPool> pools = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            pools.add(entry.pool());
        }
        return pools;
    }

    void clear() {
        entries.clear();
    }

    /**
     * The pools in the order to end them, in groups that may end side by side: first those that nothing depends on. In
     * a group, the one registered last comes first.
     */
    List<List<ManagedPool>> endingOrder() {
        Map<String, Integer> heights = new HashMap<>();
        int highest = -1;
        for (Map.Entry<String, Entry> one : entries.entrySet()) {
            int height = 0;
            for (String below : one.getValue().dependsOn()) {
                height = Math.max(height, heights.getOrDefault(below, -1) + 1);
            }
            heights.put(one.getKey(), height);
            highest = Math.max(highest, height);
        }
        List<List<ManagedPool>> groups = new ArrayList<>();
        for (int height = highest; height >= 0; height--) {
            List<ManagedPool> group = new ArrayList<>();
            for (Map.Entry<String, Entry> one : entries.entrySet()) {
                if (heights.getOrDefault(one.getKey(), -1) == height) {
                    group.add(one.getValue().pool());
                }
            }
            Collections.reverse(group);
            if (!group.isEmpty()) {
                groups.add(group);
            }
        }
        return groups;
    }
}
