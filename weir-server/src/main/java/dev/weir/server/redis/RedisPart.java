package dev.weir.server.redis;

import dev.weir.server.redis.Counters.Verdict;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** The counters of a run on its Redis, from their making to the verdict. Used by one thread. */
public final class RedisPart {

    private final RedisServer server;
    private final String described;
    private final Counters counters = new Counters();
    private @Nullable Verdict verdict;

    /**
     * Makes the counters.
     *
     * @throws JedisException if the server cannot be reached, or refuses
     */
    public RedisPart(RedisServer server) {
        this.server = server;
        try (Jedis control = server.control()) {
            described = server.describe(control);
            counters.make(control);
        }
    }

    /** What the server is and where, for people. */
    public String described() {
        return described;
    }

    /** What the users are to count. */
    public Counters counters() {
        return counters;
    }

    /** Reads the counters over a connection of its own, when no user is at work any more. */
    public void check() {
        try (Jedis control = server.control()) {
            verdict = counters.read(control);
        } catch (JedisException unreachable) {
            verdict = counters.unread(String.valueOf(unreachable.getMessage()));
        }
    }

    /** How the counters stood; {@code null} where that was not asked. */
    public @Nullable Verdict verdict() {
        return verdict;
    }

    /** Deletes what the run wrote; says whether it did. An embedded server takes it along. */
    public boolean clear() {
        if (server.isEmbedded()) {
            return true;
        }
        try (Jedis control = server.control()) {
            counters.delete(control);
            return true;
        } catch (JedisException unreachable) {
            return false;
        }
    }
}
