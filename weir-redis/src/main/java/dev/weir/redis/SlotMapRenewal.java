package dev.weir.redis;

import dev.weir.pool.AcquireException;
import dev.weir.pool.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClusterInfoCache;
import redis.clients.jedis.exceptions.JedisException;

/** Has Jedis ask a cluster anew which node serves which slots, over connections of the pools. */
final class SlotMapRenewal {

    private final RedisSettings settings;
    private final Set<HostAndPort> seeds;
    private final NodePools pools;
    private final JedisClusterInfoCache map;
    private final AtomicBoolean running = new AtomicBoolean();

    SlotMapRenewal(RedisSettings settings, Set<HostAndPort> seeds, NodePools pools, JedisClusterInfoCache map) {
        this.settings = settings;
        this.seeds = seeds;
        this.pools = pools;
        this.map = map;
    }

    /**
     * Renews the map. One thread at a time; who comes meanwhile goes on with the map there is, as with Jedis' own. Takes at
     * most the acquire timeout beside the answers; where nobody answers the map stays.
     *
     * @param known a connection to a node that is likely to know
     */
    void run(@Nullable Connection known) {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            if (known == null || !isTold(known)) {
                askAround();
            }
        } finally {
            running.set(false);
        }
    }

    private void askAround() {
        Set<String> candidates = new LinkedHashSet<>(map.getNodes().keySet());
        seeds.forEach(seed -> candidates.add(seed.toString()));
        long deadline = System.nanoTime() + settings.pool().acquireTimeout().toNanos();
        for (HostAndPort node : shuffled(candidates)) {
            long left = Math.min(
                    deadline - System.nanoTime(), settings.socketTimeout().toNanos());
            if (left <= 0) {
                return;
            }
            try (Connection connection = lend(node, left)) {
                if (isTold(connection)) {
                    return;
                }
            } catch (JedisException | AcquireException unreachable) {
                // Another node may know.
            }
        }
    }

    static List<HostAndPort> shuffled(Set<String> nodes) {
        List<HostAndPort> all = nodes.stream().map(HostAndPort::from).collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(all);
        return all;
    }

    private Connection lend(HostAndPort node, long nanos) {
        Slot<PooledJedis> slot = pools.of(node).engine().lease(nanos);
        return slot.connection().lendHandle(slot);
    }

    private boolean isTold(Connection connection) {
        try {
            map.discoverClusterNodesAndSlots(connection);
        } catch (JedisException failure) {
            return false;
        }
        pools.keepOnly(map.getNodes().keySet().stream().map(HostAndPort::from).collect(Collectors.toSet()));
        return true;
    }
}
