package dev.weir.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The clients of {@link LoadedProgram}, at work, in a service that holds millions of objects of its own, reached from a static. */
final class CrowdedProgram {

    /** An order has two objects, and its place in a map one more. */
    static final int ORDERS = 1_700_000;

    static final List<Map<Integer, Order>> SHARDS = new ArrayList<>();

    record Order(Integer number, long cents) {}

    private CrowdedProgram() {}

    public static void main(String[] args) throws Exception {
        for (int shard = 0; shard < 17; shard++) {
            // A tree is searched to its depth, of a table only the beginning.
            Map<Integer, Order> orders = shard % 2 == 0 ? new TreeMap<>() : new HashMap<>();
            for (int i = 0; i < ORDERS / 17; i++) {
                int number = 1000 + shard * (ORDERS / 17) + i;
                orders.put(number, new Order(number, i));
            }
            SHARDS.add(orders);
        }
        LoadedProgram.main(args);
    }
}
