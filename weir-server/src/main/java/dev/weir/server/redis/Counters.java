package dev.weir.server.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/**
 * Counters in Redis that the users increment, and the book of what they were told: in the end each counter must hold every
 * increment that was acknowledged, and no more beside it than those whose reply was lost. Thread-safe.
 *
 * <p>The keys begin with a word of the run's own, so that nothing else is touched; they are deleted at its end, and those that a
 * killed run leaves behind vanish within a day.
 */
public final class Counters {

    static final int COUNT = 16;
    /** How long a key outlives a run that was killed. */
    static final long KEPT_SECONDS = 86_400;

    private final String prefix = "weir_run:" + UUID.randomUUID() + ":";
    private final AtomicLongArray acknowledged = new AtomicLongArray(COUNT);
    private final AtomicLongArray uncertain = new AtomicLongArray(COUNT);
    private final AtomicInteger users = new AtomicInteger();

    /**
     * How the counters stand against the book.
     *
     * @param acknowledged increments that were acknowledged
     * @param uncertain increments whose reply was lost: they may count or not
     * @param value the sum of the counters; {@code null} where they could not be read
     * @param holds whether each counter is right; {@code null} where they could not be read
     * @param failure why they could not be read
     */
    public record Verdict(
            long acknowledged,
            long uncertain,
            @Nullable Long value,
            @Nullable Boolean holds,
            @Nullable String failure) {}

    String key(int counter) {
        return prefix + "counter:" + counter;
    }

    /** The key of a further user's value. */
    String newUserKey() {
        return userKey(users.getAndIncrement());
    }

    private String userKey(int user) {
        return prefix + "user:" + user;
    }

    void acknowledged(int counter) {
        acknowledged.incrementAndGet(counter);
    }

    void uncertain(int counter) {
        uncertain.incrementAndGet(counter);
    }

    /** Makes the counters. */
    public void make(Jedis redis) {
        for (int counter = 0; counter < COUNT; counter++) {
            redis.set(key(counter), "0", SetParams.setParams().ex(KEPT_SECONDS));
        }
    }

    /** Reads them and compares; when no user is at work any more. */
    public Verdict read(Jedis redis) {
        List<String> keys = new ArrayList<>();
        for (int counter = 0; counter < COUNT; counter++) {
            keys.add(key(counter));
        }
        List<@Nullable String> values = redis.mget(keys.toArray(String[]::new));
        long[] counted = new long[COUNT];
        for (int counter = 0; counter < COUNT; counter++) {
            String value = values.get(counter);
            // One that is gone has lost whatever was counted.
            counted[counter] = value == null ? 0 : Long.parseLong(value);
        }
        return verdict(counted);
    }

    Verdict verdict(long[] counted) {
        boolean holds = true;
        long value = 0;
        for (int counter = 0; counter < COUNT; counter++) {
            long least = acknowledged.get(counter);
            holds &= counted[counter] >= least && counted[counter] <= least + uncertain.get(counter);
            value += counted[counter];
        }
        return new Verdict(sum(acknowledged), sum(uncertain), value, holds, null);
    }

    /** The verdict when they cannot be read. */
    public Verdict unread(String why) {
        return new Verdict(sum(acknowledged), sum(uncertain), null, null, why);
    }

    private static long sum(AtomicLongArray book) {
        long sum = 0;
        for (int i = 0; i < book.length(); i++) {
            sum += book.get(i);
        }
        return sum;
    }

    /** Deletes every key of the run. */
    public void delete(Jedis redis) {
        for (int counter = 0; counter < COUNT; counter++) {
            redis.del(key(counter));
        }
        for (int user = 0; user < users.get(); user++) {
            redis.del(userKey(user));
        }
    }
}
