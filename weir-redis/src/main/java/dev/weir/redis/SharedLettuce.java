package dev.weir.redis;

import dev.weir.pool.AcquireException;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.Scaling;
import dev.weir.pool.Slot;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one Lettuce connection that many threads share, which is how Lettuce is meant to be used for plain commands. It is
 * opened by Weir's workers, counted and paid for like any other, bounded in the commands that may be on their way, and takes
 * part in the shutdown. Lettuce reconnects it by itself.
 *
 * <p>Commands that every other user would feel are refused: those that block, open a transaction, subscribe, or change the
 * database, the user or the name. Borrow a connection from a {@link WeirLettuce} for them. Thread-safe.
 */
public final class SharedLettuce<K, V> implements AutoCloseable {

    private final Pool<PooledLettuce<K, V>> pool;
    private final RedisHome home;
    private final PoolEnd end;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable LeasedLettuce<K, V> current;
    private volatile boolean refused;
    /** Guarded by the lock. */
    private @Nullable LeaseWriter<K, V> writer;

    private SharedLettuce(Pool<PooledLettuce<K, V>> pool, RedisHome home, PoolSeat seat) {
        this.pool = pool;
        this.home = home;
        this.end = seat.take(new LettuceMember(pool, this::refuse));
    }

    /** Here, so that a builder in a program without Lettuce is not asked what a codec is. */
    static SharedLettuce<String, String> openForStrings(RedisSettings settings, PoolSeat seat) {
        return open(settings, StringCodec.UTF8, options -> {}, seat);
    }

    static <K, V> SharedLettuce<K, V> open(
            RedisSettings settings, RedisCodec<K, V> codec, Consumer<ClientOptions.Builder> more, PoolSeat seat) {
        PoolEnvironment environment = seat.environment();
        RedisHome home = new RedisHome(settings, environment.ticker());
        ClientResources threads = LettuceThreads.join();
        Pool<PooledLettuce<K, V>> pool;
        try {
            LettuceConnector<K, V> connector = new LettuceConnector<>(home, codec, threads, more, true);
            pool = Pool.open(settings.name(), connector, ofOne(settings.pool()), environment);
        } catch (RuntimeException refused) {
            LettuceThreads.leave();
            throw refused;
        }
        SharedLettuce<K, V> opened = new SharedLettuce<>(pool, home, seat);
        if (!settings.startTimeout().isZero()) {
            opened.awaitStart();
        }
        return opened;
    }

    /** One connection, lent for good, which neither its age nor its holder's silence ends. */
    private static PoolSettings ofOne(PoolSettings settings) {
        return settings.toBuilder()
                .min(1)
                .max(1)
                .scaling(Scaling.ON_DEMAND)
                .idleTimeout(Duration.ZERO)
                .maxLifetime(Duration.ZERO)
                .leakThreshold(Duration.ZERO)
                .reclaimLeaks(false)
                .build();
    }

    private void awaitStart() {
        Duration timeout = home.settings.startTimeout();
        try {
            lease(timeout.toNanos());
        } catch (AcquireException failure) {
            end.run(Duration.ZERO);
            throw new StartFailedException("pool " + pool.name() + " had no connection within " + timeout, failure);
        }
    }

    /**
     * The connection. Waits for it only while it is being opened, at most the acquire timeout; after that it costs the
     * reading of a field, so ask for it each time: one that had to be replaced refuses commands. Closing it does nothing.
     *
     * @throws RedisException if there is none: connecting keeps failing, the wait timed out or was interrupted, or this is
     *     closed
     */
    public StatefulRedisConnection<K, V> connection() {
        LeasedLettuce<K, V> known = current;
        if (known != null && known.isWorthKeeping()) {
            return known;
        }
        try {
            return lease(pool.settings().acquireTimeout().toNanos());
        } catch (AcquireException failure) {
            throw new RedisException(failure.getMessage(), failure);
        }
    }

    private LeasedLettuce<K, V> lease(long timeoutNanos) {
        boolean mine = false;
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            mine = opening.tryLock(timeoutNanos, TimeUnit.NANOSECONDS);
            LeasedLettuce<K, V> known = current;
            if (known != null && known.isWorthKeeping()) {
                return known;
            }
            if (!mine) {
                throw new RedisException("the shared connection of " + pool.name() + " was not open within "
                        + Duration.ofNanos(timeoutNanos));
            }
            letGo();
            Slot<PooledLettuce<K, V>> slot = pool.lease(Math.max(1, deadline - System.nanoTime()));
            slot.connection().lentFrom(slot);
            LeaseWriter<K, V> lease = new LeaseWriter<>(slot, slot.word(), true);
            LeasedLettuce<K, V> opened = new LeasedLettuce<>(lease, true);
            slot.heldBy(opened);
            writer = lease;
            current = opened;
            return opened;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new RedisException(
                    "interrupted while waiting for the shared connection of " + pool.name(), interrupt);
        } finally {
            if (mine) {
                opening.unlock();
                letGoIfRefused();
            }
        }
    }

    /** Must not wait for whoever holds the lock, who may wait for a connection: he lets go himself, after he unlocked. */
    private void refuse() {
        refused = true;
        letGoIfRefused();
    }

    private void letGoIfRefused() {
        if (refused && opening.tryLock()) {
            try {
                letGo();
            } finally {
                opening.unlock();
            }
        }
    }

    /** Ends the lease when the replies that are out are in; commands are refused from here on. Under the lock. */
    private void letGo() {
        LeaseWriter<K, V> lease = writer;
        writer = null;
        current = null;
        if (lease != null) {
            lease.end();
        }
    }

    /** How many commands are on their way now. */
    public int commandsOut() {
        LeasedLettuce<K, V> known = current;
        return known == null ? 0 : known.commandsOut();
    }

    /** What the pool of this one connection looks like now. */
    public PoolSnapshot snapshot() {
        return pool.snapshot();
    }

    /** The pool of this one connection, for operators: an eviction with {@code HARD} replaces it. */
    public Pool<?> pool() {
        return pool;
    }

    /** The settings it was opened with. */
    public RedisSettings settings() {
        return home.settings;
    }

    /** Counts of what the server said, since the start. */
    public RedisCounts counts() {
        return home.counts();
    }

    /** Ends the connection: commands on their way get the destroy timeout. */
    @Override
    public void close() {
        end.run(pool.settings().destroyTimeout());
    }

    /** The pool's counts. */
    @Override
    public String toString() {
        return pool.toString();
    }
}
