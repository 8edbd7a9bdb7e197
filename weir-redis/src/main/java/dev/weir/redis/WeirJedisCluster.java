package dev.weir.redis;

import dev.weir.pool.AcquireException;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.Slot;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisCredentials;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;

/**
 * Jedis connections to a Redis cluster: a bounded pool for each node, all paid from one account of the memory budget and
 * registered with one manager.
 *
 * <p>Which node serves a key is Jedis' business. So is asking a node for the map of slots, but the connection for it comes
 * from the pools. Only the very first map, when this is made, is asked for on a connection of Jedis' own, in the calling
 * thread. Thread-safe. {@link #close} ends every pool, and so does closing a client made over it.
 */
public final class WeirJedisCluster extends ClusterConnectionProvider {

    private final RedisSettings settings;
    private final JedisClientConfig config;
    private final Set<HostAndPort> seeds;
    private final NodePools pools;
    private final SlotMapRenewal renewal;

    private WeirJedisCluster(
            RedisSettings settings, JedisClientConfig config, Set<HostAndPort> seeds, NodePools pools) {
        super(seeds, config, NodePool.unused());
        this.settings = settings;
        this.config = config;
        this.seeds = seeds;
        this.pools = pools;
        this.renewal = new SlotMapRenewal(settings, seeds, pools, cache);
    }

    static WeirJedisCluster open(
            RedisSettings settings, Consumer<DefaultJedisClientConfig.Builder> more, PoolSeat seat) {
        Set<HostAndPort> seeds = settings.nodes().stream()
                .map(node -> new HostAndPort(node.host(), node.port()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        NodePools pools = new NodePools(settings, more, seat);
        JedisClientConfig config = JedisConnector.config(
                settings,
                Credentials.NONE,
                builder -> more.accept(builder.credentialsProvider(() -> credentials(settings))));
        try {
            return new WeirJedisCluster(settings, config, seeds, pools);
        } catch (JedisException failure) {
            pools.close(Duration.ZERO);
            throw new StartFailedException(
                    "cluster " + settings.name() + ": none of " + settings.nodes() + " told its slots", failure);
        }
    }

    private static RedisCredentials credentials(RedisSettings settings) {
        try {
            Credentials now = settings.credentials().credentials();
            return new DefaultRedisCredentials(now.user(), now.password());
        } catch (Exception failure) {
            throw new JedisException("there are no credentials for now", failure);
        }
    }

    /** A client with the whole API of Jedis for a cluster. Closing it ends these pools. */
    public RedisClusterClient client() {
        return RedisClusterClient.builder()
                .nodes(seeds)
                .clientConfig(config)
                .connectionProvider(this)
                .build();
    }

    // What Jedis asks for

    /** A connection for one command, to be closed exactly once and not used after; see {@link WeirJedis}. */
    @Override
    public Connection getConnection(CommandArguments command) {
        Set<Integer> slots = command.getKeyHashSlots();
        if (slots.size() > 1) {
            throw new JedisClusterOperationException("the keys of one command are in several slots: " + slots);
        }
        return slots.isEmpty() ? getConnection() : lend(nodeOf(slots.iterator().next()), true);
    }

    /** A connection to any primary that has one; it may be kept until it is closed. */
    @Override
    public Connection getConnection() {
        List<HostAndPort> primaries =
                SlotMapRenewal.shuffled(super.getPrimaryNodes().keySet());
        JedisException first = null;
        for (HostAndPort node : primaries) {
            try {
                return lend(node, false);
            } catch (JedisException failure) {
                first = first == null ? failure : first;
            }
        }
        throw new JedisClusterOperationException(
                "no primary of cluster " + settings.name() + " lends a connection", first);
    }

    @Override
    public Connection getConnection(HostAndPort node) {
        return node == null ? getConnection() : lend(node, false);
    }

    @Override
    public Connection getConnectionFromSlot(int slot) {
        return lend(nodeOf(slot), false);
    }

    @Override
    public Connection getReplicaConnection(CommandArguments command) {
        Set<Integer> slots = command.getKeyHashSlots();
        if (slots.size() > 1) {
            throw new JedisClusterOperationException("the keys of one command are in several slots: " + slots);
        }
        if (!slots.isEmpty()) {
            return getReplicaConnectionFromSlot(slots.iterator().next());
        }
        Set<String> replicas = new LinkedHashSet<>(super.getNodes().keySet());
        replicas.removeAll(super.getPrimaryNodes().keySet());
        return replicas.isEmpty()
                ? getConnection()
                : lend(SlotMapRenewal.shuffled(replicas).get(0), false);
    }

    @Override
    public Connection getReplicaConnectionFromSlot(int slot) {
        List<ConnectionPool> replicas = cache.getSlotReplicaPools(slot);
        if (replicas == null || replicas.isEmpty()) {
            return getConnectionFromSlot(slot);
        }
        ConnectionPool chosen = replicas.get(ThreadLocalRandom.current().nextInt(replicas.size()));
        for (Map.Entry<String, ConnectionPool> node : super.getNodes().entrySet()) {
            if (node.getValue() == chosen) {
                return lend(HostAndPort.from(node.getKey()), false);
            }
        }
        return getConnectionFromSlot(slot);
    }

    private HostAndPort nodeOf(int slot) {
        HostAndPort node = getNode(slot);
        if (node == null) {
            renewSlotCache();
            node = getNode(slot);
        }
        if (node == null) {
            throw new JedisClusterOperationException("no node of cluster " + settings.name() + " serves slot " + slot);
        }
        return node;
    }

    private Connection lend(HostAndPort node, boolean forOneCommand) {
        while (true) {
            try {
                Slot<PooledJedis> slot = pools.of(node).engine().lease();
                PooledJedis connection = slot.connection();
                return forOneCommand ? connection.lendPlain(slot) : connection.lendHandle(slot);
            } catch (AcquireException failure) {
                // The node left and came back: it has another pool now.
                if (failure.reason() != AcquireException.Reason.SHUT_DOWN || pools.isClosed()) {
                    throw AcquireFailures.translate(failure);
                }
            }
        }
    }

    // The map of slots

    @Override
    public void renewSlotCache() {
        renewal.run(null);
    }

    @Override
    public void renewSlotCache(Connection known) {
        renewal.run(known);
    }

    // Every node

    @Override
    public Map<String, ConnectionPool> getNodes() {
        return poolsOf(super.getNodes().keySet());
    }

    @Override
    public Map<String, ConnectionPool> getPrimaryNodes() {
        return poolsOf(super.getPrimaryNodes().keySet());
    }

    private Map<String, ConnectionPool> poolsOf(Set<String> nodes) {
        Map<String, ConnectionPool> all = new HashMap<>();
        nodes.forEach(node -> all.put(node, pools.of(HostAndPort.from(node))));
        return all;
    }

    @Override
    public Map<String, ConnectionPool> getConnectionMap() {
        return getNodes();
    }

    @Override
    public Map<String, ConnectionPool> getPrimaryNodesConnectionMap() {
        return getPrimaryNodes();
    }

    /** What the pools look like now, one for each node that was asked for. */
    public List<PoolSnapshot> snapshots() {
        return pools.all().stream().map(pool -> pool.engine().snapshot()).toList();
    }

    /** The pools, for operators: suspend, resume, resize, reconfigure, evict. */
    public List<Pool<?>> engines() {
        return pools.all().stream().<Pool<?>>map(NodePool::engine).toList();
    }

    /** The settings it was opened with; each node's pool has those of the engine for itself, except for the budget. */
    public RedisSettings settings() {
        return settings;
    }

    /** Counts over all nodes since the start. */
    public RedisCounts counts() {
        return pools.home().counts();
    }

    /** Ends the pools: waiters fail, leased connections get the destroy timeout to come back and are then aborted. */
    @Override
    public void close() {
        close(settings.pool().destroyTimeout());
    }

    /**
     * Ends the pools, and gives leased connections this long to come back.
     *
     * @param drain zero aborts them at once
     */
    public void close(Duration drain) {
        pools.close(drain);
        super.close();
    }

    @Override
    public String toString() {
        return "cluster " + settings.name() + " " + pools.all();
    }
}
