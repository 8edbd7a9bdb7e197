package dev.weir.benchmarks.compare;

import dev.weir.ConnectionPoolManager;
import dev.weir.redis.WeirRedis;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;

/** The Redis pool of the service, and what it asks there. Thread-safe. */
final class RedisStore implements AutoCloseable {

    private static final int KEYS = 1_000;
    private static final String VALUE = "v".repeat(100);

    private final ConnectionProvider provider;
    private final RedisClient client;
    private final int size;

    RedisStore(Assignment assignment, ConnectionPoolManager manager) {
        size = assignment.setup().redis();
        if (assignment.setup().pools() == Setup.Pools.WEIR) {
            provider = WeirRedis.builder()
                    .name("redis")
                    .node("127.0.0.1", assignment.redisPort())
                    .settings(settings -> settings.max(size))
                    .manager(manager)
                    .jedis();
        } else {
            ConnectionPoolConfig config = new ConnectionPoolConfig();
            config.setMaxTotal(size);
            config.setMaxIdle(size);
            provider = new PooledConnectionProvider(
                    new HostAndPort("127.0.0.1", assignment.redisPort()),
                    DefaultJedisClientConfig.builder().build(),
                    config);
        }
        client = RedisClient.builder().connectionProvider(provider).build();
    }

    /** Opens as many connections as there may be, and writes every key. */
    void warm() {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            all.add(provider.getConnection());
        }
        all.forEach(Connection::ping);
        all.forEach(Connection::close);
        for (int key = 0; key < KEYS; key++) {
            client.set("key:" + key, VALUE);
        }
    }

    /** Nine reads to one write; returns 1. */
    int ask(long seed) {
        String key = "key:" + Math.floorMod(seed / 10, (long) KEYS);
        if (Math.floorMod(seed, 10L) == 0) {
            client.set(key, VALUE);
        } else if (!VALUE.equals(client.get(key))) {
            throw new IllegalStateException("Redis lost " + key);
        }
        return 1;
    }

    @Override
    public void close() {
        client.close();
    }
}
