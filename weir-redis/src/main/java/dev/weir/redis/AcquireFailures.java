package dev.weir.redis;

import dev.weir.pool.AcquireException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Says in Jedis' words why a borrower got no connection. The message carries the pool's counts, its queue, the oldest
 * wait, the last failure to connect and the longest holders; the cause is the engine's own exception, with the snapshot.
 */
final class AcquireFailures {

    private AcquireFailures() {}

    /** Jedis tries a {@link JedisConnectionException} again elsewhere: the server is the reason, not the pool's bound. */
    static JedisException translate(AcquireException failure) {
        boolean unreachable = failure.reason() == AcquireException.Reason.CONNECT_FAILED
                || (failure.reason() == AcquireException.Reason.TIMEOUT && failure.getCause() != null);
        return unreachable
                ? new JedisConnectionException(failure.getMessage(), failure)
                : new JedisException(failure.getMessage(), failure);
    }
}
