package dev.weir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pool.ManagedPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RegistryLaws {

    @Property(tries = 100)
    void everyPoolEndsOnceAndBeforeAllItDependsOn(
            @ForAll @IntRange(min = 0, max = 20) int pools, @ForAll Random random) {
        Registry registry = new Registry();
        Map<String, List<String>> dependencies = new HashMap<>();
        for (int i = 0; i < pools; i++) {
            List<String> below = new ArrayList<>();
            for (int other = 0; other < i; other++) {
                if (random.nextInt(4) == 0) {
                    below.add("p" + other);
                }
            }
            dependencies.put("p" + i, below);
            registry.add(FakePool.idle("p" + i), below);
        }
        Map<String, Integer> groupOf = new HashMap<>();
        List<List<ManagedPool>> groups = registry.endingOrder();
        for (int group = 0; group < groups.size(); group++) {
            for (ManagedPool pool : groups.get(group)) {
                assertThat(groupOf.put(pool.name(), group)).isNull();
            }
        }
        assertThat(groupOf).hasSize(pools);
        dependencies.forEach((name, below) ->
                below.forEach(other -> assertThat(groupOf.get(name)).isLessThan(groupOf.get(other))));
    }
}
