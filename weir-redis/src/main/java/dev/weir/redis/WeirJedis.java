package dev.weir.redis;

import dev.weir.pool.AcquireException;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.Slot;
import java.time.Duration;
import java.util.function.Consumer;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * Jedis connections from a bounded pool, for any of Jedis' clients.
 *
 * <pre>{@code
 * try (WeirJedis cache = WeirRedis.builder().url("redis://cache:6379").password(secret).jedis()) {
 *     RedisClient redis = cache.client();
 *     redis.set("greeting", "hello");
 * }
 * }</pre>
 *
 * <p>Thread-safe; platform and virtual threads are equally welcome. A connection that is closed is reset to how it was lent, or
 * retired where that cannot be done. {@link #close} ends the pool, and so does closing a client made over it.
 */
public final class WeirJedis implements ConnectionProvider {

    private final Pool<PooledJedis> pool;
    private final RedisHome home;
    private final Consumer<DefaultJedisClientConfig.Builder> more;
    private final PoolEnd end;

    private WeirJedis(
            Pool<PooledJedis> pool, RedisHome home, Consumer<DefaultJedisClientConfig.Builder> more, PoolEnd end) {
        this.pool = pool;
        this.home = home;
        this.more = more;
        this.end = end;
    }

    static WeirJedis open(RedisSettings settings, Consumer<DefaultJedisClientConfig.Builder> more, PoolSeat seat) {
        RedisHome home = new RedisHome(settings, seat.environment().ticker());
        JedisConnector connector = new JedisConnector(settings.node(), home, more);
        Pool<PooledJedis> pool = Pool.open(settings.name(), connector, settings.pool(), seat.environment());
        WeirJedis opened = new WeirJedis(pool, home, more, seat.take(pool));
        if (!settings.startTimeout().isZero()) {
            opened.awaitStart();
        }
        return opened;
    }

    private void awaitStart() {
        Duration timeout = home.settings.startTimeout();
        try {
            pool.acquire(timeout).close();
        } catch (AcquireException failure) {
            end.run(Duration.ZERO);
            throw new StartFailedException("pool " + pool.name() + " had no connection within " + timeout, failure);
        }
    }

    /** A client with the whole API of Jedis for a single server. Closing it ends this pool. */
    public RedisClient client() {
        return RedisClient.builder()
                .clientConfig(JedisConnector.config(home.settings, Credentials.NONE, more))
                .connectionProvider(this)
                .build();
    }

    /**
     * A connection, after waiting for one at most the acquire timeout; to be closed, after which it is powerless.
     *
     * @throws redis.clients.jedis.exceptions.JedisConnectionException if the server cannot be reached
     * @throws JedisException if there is none for another reason: the wait timed out, the queue turned the request away, the
     *     thread was interrupted, or the pool is closed; the message tells the pool's counts and holders
     */
    @Override
    public Connection getConnection() {
        Slot<PooledJedis> slot = lease();
        return slot.connection().lendHandle(slot);
    }

    /**
     * A connection for one command, as Jedis' own executors ask for it: to be closed exactly once and not used after, for
     * then it may be another borrower's. Everybody else is safer with {@link #getConnection()}.
     *
     * @throws JedisException as {@link #getConnection()} does
     */
    @Override
    public Connection getConnection(CommandArguments command) {
        Slot<PooledJedis> slot = lease();
        return slot.connection().lendPlain(slot);
    }

    private Slot<PooledJedis> lease() {
        try {
            return pool.lease();
        } catch (AcquireException failure) {
            throw AcquireFailures.translate(failure);
        }
    }

    /** What the pool looks like now. */
    public PoolSnapshot snapshot() {
        return pool.snapshot();
    }

    /** The pool, for operators: suspend, resume, resize, reconfigure, evict. */
    public Pool<?> pool() {
        return pool;
    }

    /** The settings it was opened with; those of the pool may have been changed since. */
    public RedisSettings settings() {
        return home.settings;
    }

    /** Counts of what connections were cleaned of and of what the server said, since the start. */
    public RedisCounts counts() {
        return home.counts();
    }

    /** Changes, for commands from now on, how long one may wait for its reply; zero is none. */
    public void queryTimeout(Duration timeout) {
        home.queryTimeout(timeout);
    }

    /** Ends the pool: waiters fail, leased connections get the destroy timeout to come back and are then aborted. */
    @Override
    public void close() {
        end.run(pool.settings().destroyTimeout());
    }

    /**
     * Ends the pool, and gives leased connections this long to come back.
     *
     * @param drain zero aborts them at once
     */
    public void close(Duration drain) {
        end.run(drain);
    }

    /** The pool's counts. */
    @Override
    public String toString() {
        return pool.toString();
    }
}
