package dev.weir.benchmarks.client;

import dev.weir.redis.WeirJedis;
import dev.weir.redis.WeirLettuce;
import dev.weir.redis.WeirRedis;
import dev.weir.redis.WeirRedisBuilder;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.support.ConnectionPoolSupport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;

/** Jedis and Lettuce, each on Weir's pool and on its own: as many connections, open from the start, as long a wait. */
public final class RedisClients {

    /** All, by id. */
    public static final List<String> ALL = List.of("weir-jedis", "jedis", "weir-lettuce", "lettuce");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KEYS = 1_000;
    private static final String VALUE = "x".repeat(100);

    private RedisClients() {}

    /**
     * Opens one.
     *
     * @param id one of {@link #ALL}
     * @param url of the server
     * @param size connections
     */
    public static OpenClient open(String id, String url, int size) {
        return switch (id) {
            case "weir-jedis" -> weirJedis(url, size);
            case "jedis" -> jedis(url, size);
            case "weir-lettuce" -> weirLettuce(url, size);
            case "lettuce" -> lettuce(url, size);
            default -> throw new IllegalArgumentException("no Redis client is called " + id);
        };
    }

    private static String key(int number) {
        return "key" + number % KEYS;
    }

    private static void check(int number, String answer) {
        if (!answer.equals(VALUE)) {
            throw new IllegalStateException(key(number) + " is not what was written");
        }
    }

    // Weir's

    private static WeirRedisBuilder builder(String url, int size) {
        return WeirRedis.builder()
                .url(url)
                .settings(settings ->
                        settings.min(size).max(size).maxWaiters(20_000).acquireTimeout(PATIENCE));
    }

    private static OpenClient weirJedis(String url, int size) {
        WeirJedis pool = builder(url, size).jedis();
        return onJedis(pool.client(), pool::close);
    }

    private static OpenClient weirLettuce(String url, int size) {
        WeirLettuce<String, String> pool = builder(url, size).lettuce();
        return new OpenClient() {
            @Override
            public void request(int number) {
                try (StatefulRedisConnection<String, String> connection = pool.getConnection()) {
                    setAndGet(connection.sync(), number);
                }
            }

            @Override
            public void close() {
                pool.close();
            }
        };
    }

    // Their own

    private static <C> void size(GenericObjectPoolConfig<C> config, int size) {
        config.setMaxTotal(size);
        config.setMaxIdle(size);
        config.setMinIdle(size);
        config.setMaxWait(PATIENCE);
    }

    private static OpenClient jedis(String url, int size) {
        ConnectionPoolConfig config = new ConnectionPoolConfig();
        size(config, size);
        RedisClient client = RedisClient.builder()
                .hostAndPort(HostAndPort.from(URI.create(url).getAuthority()))
                .poolConfig(config)
                .build();
        return onJedis(client, client::close);
    }

    private static OpenClient lettuce(String url, int size) {
        io.lettuce.core.RedisClient client = io.lettuce.core.RedisClient.create(url);
        GenericObjectPoolConfig<StatefulRedisConnection<String, String>> config = new GenericObjectPoolConfig<>();
        size(config, size);
        GenericObjectPool<StatefulRedisConnection<String, String>> pool =
                ConnectionPoolSupport.createGenericObjectPool(client::connect, config);
        return new OpenClient() {
            @Override
            public void request(int number) throws Exception {
                try (StatefulRedisConnection<String, String> connection = pool.borrowObject()) {
                    setAndGet(connection.sync(), number);
                }
            }

            @Override
            public void close() {
                pool.close();
                client.shutdown();
            }
        };
    }

    // Their requests

    private static OpenClient onJedis(RedisClient client, Runnable close) {
        return new OpenClient() {
            @Override
            public void request(int number) {
                client.set(key(number), VALUE);
                check(number, client.get(key(number)));
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    private static void setAndGet(RedisCommands<String, String> commands, int number) {
        commands.set(key(number), VALUE);
        check(number, commands.get(key(number)));
    }
}
