package dev.weir.redis;

import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisClusterOperationException;

/**
 * The pools of a cluster, one for each node that anybody asked for, all paid from one account of the memory budget. A
 * node that left the cluster loses its pool.
 */
final class NodePools {

    /** What a cluster of Redis is meant to have at most, by its specification. */
    static final int MAX_NODES = 1_000;

    private final RedisSettings settings;
    private final PoolSeat seat;
    private final PoolEnvironment environment;
    private final Consumer<DefaultJedisClientConfig.Builder> more;
    private final RedisHome home;
    private final Map<HostAndPort, NodePool> pools = new ConcurrentHashMap<>();
    private final AtomicInteger reopened = new AtomicInteger(1);
    private volatile boolean closed;

    NodePools(RedisSettings settings, Consumer<DefaultJedisClientConfig.Builder> more, PoolSeat seat) {
        PoolSettings pool = settings.pool();
        this.settings = settings;
        this.seat = seat;
        this.more = more;
        this.environment = seat.environment()
                .sharingAccount(settings.name(), pool.budgetFloor(), pool.budgetWeight(), pool.budgetCeiling());
        this.home = new RedisHome(settings, environment.ticker());
    }

    RedisHome home() {
        return home;
    }

    /** The pool of a node, opened if there is none. */
    NodePool of(HostAndPort node) {
        NodePool known = pools.get(node);
        return known != null ? known : pools.computeIfAbsent(node, this::open);
    }

    private NodePool open(HostAndPort node) {
        if (closed) {
            throw new JedisClusterOperationException("the pools of cluster " + settings.name() + " are closed");
        }
        if (pools.size() >= MAX_NODES) {
            throw new JedisClusterOperationException(
                    "cluster " + settings.name() + " has more than " + MAX_NODES + " nodes");
        }
        RedisNode address = new RedisNode(node.getHost(), node.getPort());
        JedisConnector connector = new JedisConnector(address, home, more);
        String name = settings.name() + "@" + address;
        try {
            return NodePool.open(name, connector, settings.pool(), environment, seat);
        } catch (IllegalArgumentException taken) {
            // The node left and came back, and its former pool is not yet at its end.
            return NodePool.open(
                    name + "#" + reopened.incrementAndGet(), connector, settings.pool(), environment, seat);
        }
    }

    List<NodePool> all() {
        return new ArrayList<>(pools.values());
    }

    /** Ends the pools of nodes that are no longer there; leased connections get the destroy timeout to come back. */
    void keepOnly(Set<HostAndPort> nodes) {
        pools.forEach((node, pool) -> {
            if (!nodes.contains(node) && pools.remove(node, pool)) {
                pool.endAside();
            }
        });
    }

    boolean isClosed() {
        return closed;
    }

    /** Tells every pool before it ends any, so that one that drains slowly does not keep the others open. */
    void close(Duration drain) {
        closed = true;
        List<NodePool> all = all();
        pools.clear();
        all.forEach(NodePool::refuse);
        long deadline = System.nanoTime() + drain.toNanos();
        all.forEach(pool -> pool.end(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))));
    }
}
