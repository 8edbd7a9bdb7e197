package dev.weir.redis;

import dev.weir.pool.AcquireException;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.Slot;
import java.time.Duration;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;

/**
 * The pool of one node of a cluster. It has the type that Jedis wants to see when it visits every node; of that type's own
 * machinery nothing is used, and it can make no connection.
 */
final class NodePool extends ConnectionPool {

    private final Pool<PooledJedis> pool;
    private final PoolEnd end;

    private NodePool(Pool<PooledJedis> pool, PoolEnd end) {
        super(new NothingMade(), unused());
        this.pool = pool;
        this.end = end;
    }

    static NodePool open(
            String name, JedisConnector connector, PoolSettings settings, PoolEnvironment environment, PoolSeat seat) {
        Pool<PooledJedis> pool = Pool.open(name, connector, settings, environment);
        return new NodePool(pool, seat.take(pool));
    }

    static GenericObjectPoolConfig<Connection> unused() {
        GenericObjectPoolConfig<Connection> config = new GenericObjectPoolConfig<>();
        config.setJmxEnabled(false);
        config.setBlockWhenExhausted(false);
        config.setMaxTotal(1);
        config.setMaxIdle(0);
        return config;
    }

    Pool<PooledJedis> engine() {
        return pool;
    }

    /** A connection to keep until it is closed. */
    @Override
    public Connection getResource() {
        try {
            Slot<PooledJedis> slot = pool.lease();
            return slot.connection().lendHandle(slot);
        } catch (AcquireException failure) {
            throw AcquireFailures.translate(failure);
        }
    }

    void refuse() {
        pool.refuse();
        pool.failWaiters();
    }

    void end(Duration drain) {
        end.run(drain);
    }

    /** Ends the pool without keeping anybody waiting, on a thread that ends with it. */
    void endAside() {
        refuse();
        Thread ender = new Thread(() -> end(pool.settings().destroyTimeout()), "weir-redis-end-" + pool.name());
        ender.setDaemon(true);
        ender.start();
    }

    /** Makes nothing. */
    private static final class NothingMade extends BasePooledObjectFactory<Connection> {
        @Override
        public Connection create() {
            throw new IllegalStateException("connections of this pool are made by Weir");
        }

        @Override
        public PooledObject<Connection> wrap(Connection connection) {
            return new DefaultPooledObject<>(connection);
        }
    }
}
