package dev.weir.redis;

import dev.weir.pool.AcquireException;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.Slot;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lettuce connections from a bounded pool, for transactions, blocking commands and whatever else wants a connection of its
 * own for a while.
 *
 * <pre>{@code
 * try (WeirLettuce<String, String> carts = WeirRedis.builder().url("redis://carts:6379").lettuce();
 *         StatefulRedisConnection<String, String> connection = carts.getConnection()) {
 *     connection.sync().set("greeting", "hello");
 * }
 * }</pre>
 *
 * <p>Thread-safe; platform and virtual threads are equally welcome. A connection that is closed is reset to how it was lent, or
 * retired where that cannot be done; replies that are still out are awaited aside. {@link #close} ends the pool.
 */
public final class WeirLettuce<K, V> implements AutoCloseable {

    private final Pool<PooledLettuce<K, V>> pool;
    private final RedisHome home;
    private final PoolEnd end;

    private WeirLettuce(Pool<PooledLettuce<K, V>> pool, RedisHome home, PoolEnd end) {
        this.pool = pool;
        this.home = home;
        this.end = end;
    }

    /** Here, so that a builder in a program without Lettuce is not asked what a codec is. */
    static WeirLettuce<String, String> openForStrings(RedisSettings settings, PoolSeat seat) {
        return open(settings, StringCodec.UTF8, options -> {}, seat);
    }

    static <K, V> WeirLettuce<K, V> open(
            RedisSettings settings, RedisCodec<K, V> codec, Consumer<ClientOptions.Builder> more, PoolSeat seat) {
        RedisHome home = new RedisHome(settings, seat.environment().ticker());
        ClientResources threads = LettuceThreads.join();
        Pool<PooledLettuce<K, V>> pool;
        try {
            LettuceConnector<K, V> connector = new LettuceConnector<>(home, codec, threads, more, false);
            pool = Pool.open(settings.name(), connector, settings.pool(), seat.environment());
        } catch (RuntimeException refused) {
            LettuceThreads.leave();
            throw refused;
        }
        WeirLettuce<K, V> opened = new WeirLettuce<>(pool, home, seat.take(new LettuceMember(pool, () -> {})));
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

    /**
     * A connection, after waiting for one at most the acquire timeout; to be closed, after which it is powerless.
     *
     * @throws RedisException if there is none: the wait timed out, the queue turned the request away, connecting keeps failing,
     *     the thread was interrupted, or the pool is closed; the message tells the pool's counts and holders
     */
    public StatefulRedisConnection<K, V> getConnection() {
        Slot<PooledLettuce<K, V>> slot;
        try {
            slot = pool.lease();
        } catch (AcquireException failure) {
            throw new RedisException(failure.getMessage(), failure);
        }
        return lend(slot, slot.word());
    }

    private static <K, V> StatefulRedisConnection<K, V> lend(Slot<PooledLettuce<K, V>> slot, long word) {
        slot.connection().lentFrom(slot);
        LeasedLettuce<K, V> handle = new LeasedLettuce<>(new LeaseWriter<>(slot, word, false), false);
        slot.heldBy(handle);
        return handle;
    }

    /**
     * Asks for a connection without waiting for it. The stage completes with a connection, or with the {@link RedisException}
     * that {@link #getConnection()} would throw. Cancelling its future withdraws the request.
     */
    public CompletionStage<StatefulRedisConnection<K, V>> getConnectionAsync() {
        Request<K, V> request = new Request<>(pool.acquireAsync(pool.settings().acquireTimeout()));
        request.leased.whenComplete(request::take);
        return request;
    }

    /** The future of a connection that is waited for without a thread. */
    private static final class Request<K, V> extends CompletableFuture<StatefulRedisConnection<K, V>> {

        private final CompletionStage<Lease<PooledLettuce<K, V>>> leased;

        Request(CompletionStage<Lease<PooledLettuce<K, V>>> leased) {
            this.leased = leased;
        }

        void take(@Nullable Lease<PooledLettuce<K, V>> lease, @Nullable Throwable failure) {
            if (lease == null) {
                completeExceptionally(
                        failure instanceof AcquireException refused
                                ? new RedisException(refused.getMessage(), refused)
                                : failure);
            } else if (!complete(lend(lease.slot(), lease.word()))) {
                lease.close();
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            if (cancelled) {
                leased.toCompletableFuture().cancel(mayInterruptIfRunning);
            }
            return cancelled;
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
        close(pool.settings().destroyTimeout());
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
