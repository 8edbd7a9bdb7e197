package dev.weir.redis;

import dev.weir.pool.Pool;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the connections of one pool share: its settings, its counts, and what replies told about the server. */
final class RedisHome {

    /** Every borrower of a loading server hears of it; once in a while is enough to tell the pool. */
    private static final long LOADING_TOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    final RedisSettings settings;
    private final Ticker ticker;

    final LongAdder sessionsUndone = new LongAdder();
    final LongAdder retiredDirty = new LongAdder();
    final LongAdder retiredForBuffers = new LongAdder();
    final LongAdder commandsAborted = new LongAdder();
    private final LongAdder readOnlyReplies = new LongAdder();
    private final LongAdder loadingReplies = new LongAdder();
    private final LongAdder masterDownReplies = new LongAdder();
    private final LongAdder clusterDownReplies = new LongAdder();

    private final AtomicLong loadingTold;
    private volatile long queryTimeoutNanos;
    private volatile boolean demoted;
    private volatile long demotedAt;

    RedisHome(RedisSettings settings, Ticker ticker) {
        this.settings = settings;
        this.ticker = ticker;
        this.queryTimeoutNanos = settings.queryTimeout().toNanos();
        this.loadingTold = new AtomicLong(ticker.nanos() - LOADING_TOLD_NANOS);
    }

    long now() {
        return ticker.nanos();
    }

    /** Nanoseconds; 0 is none. */
    long queryTimeoutNanos() {
        return queryTimeoutNanos;
    }

    void queryTimeout(Duration timeout) {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("queryTimeout is " + timeout + ": use zero for none, or more");
        }
        queryTimeoutNanos = timeout.toNanos();
    }

    /**
     * An error reply came on a leased connection.
     *
     * @return whether the connection must not be lent again
     */
    boolean heard(ReplyVerdict verdict, Throwable reply, Pool<?> pool) {
        switch (verdict) {
            case READ_ONLY -> {
                readOnlyReplies.increment();
                demotedAt = ticker.nanos();
                demoted = true;
                pool.endpointSuspect(reply);
                return true;
            }
            case LOADING -> {
                loadingReplies.increment();
                long now = ticker.nanos();
                long told = loadingTold.get();
                if (now - told >= LOADING_TOLD_NANOS && loadingTold.compareAndSet(told, now)) {
                    pool.endpointSuspect(reply);
                }
            }
            case MASTER_DOWN -> masterDownReplies.increment();
            case CLUSTER_DOWN -> clusterDownReplies.increment();
            case NOT_AUTHENTICATED -> {
                return true;
            }
            default -> {
                // About the command, or the client's to act upon.
            }
        }
        return false;
    }

    /** Whether a connection opened then may lead to a server that has become a replica since. */
    boolean mayBeDemoted(long openedAt) {
        return demoted && openedAt - demotedAt <= 0;
    }

    RedisCounts counts() {
        return new RedisCounts(
                sessionsUndone.sum(),
                retiredDirty.sum(),
                retiredForBuffers.sum(),
                commandsAborted.sum(),
                readOnlyReplies.sum(),
                loadingReplies.sum(),
                masterDownReplies.sum(),
                clusterDownReplies.sum());
    }
}
