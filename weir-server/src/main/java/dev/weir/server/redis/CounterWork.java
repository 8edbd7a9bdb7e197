package dev.weir.server.redis;

import dev.weir.pool.AcquireException;
import dev.weir.server.load.Meaning;
import dev.weir.server.load.Work;
import dev.weir.server.load.WrongAnswerException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/**
 * A user who sets a value of his own, reads it back, increments a counter, and begins again; a command is an operation. The
 * value names its key and its turn, and a counter only grows, so that a reply which belongs to anybody else is noticed.
 * Used by one thread.
 */
public final class CounterWork implements Work {

    private enum Step {
        SET,
        GET,
        COUNT
    }

    private final UnifiedJedis redis;
    private final Counters counters;
    private final RandomGenerator random;
    private final String key;
    private final long[] seen = new long[Counters.COUNT];
    private Step step = Step.SET;
    private long turn;
    private @Nullable Throwable lost;

    /** A further user of these counters. */
    public CounterWork(UnifiedJedis redis, Counters counters, RandomGenerator random) {
        this.redis = redis;
        this.counters = counters;
        this.random = random;
        this.key = counters.newUserKey();
    }

    @Override
    public void next() throws WrongAnswerException {
        lost = null;
        Step now = step;
        // Whatever fails leaves the value in doubt: then it is set anew.
        step = Step.SET;
        step = switch (now) {
            case SET -> {
                set();
                yield Step.GET;
            }
            case GET -> {
                get();
                yield Step.COUNT;
            }
            case COUNT -> {
                count();
                yield Step.SET;
            }
        };
    }

    private String value() {
        return key + '#' + turn;
    }

    private void set() throws WrongAnswerException {
        turn++;
        expect("OK", redis.set(key, value(), SetParams.setParams().ex(Counters.KEPT_SECONDS)), "SET");
    }

    private void get() throws WrongAnswerException {
        expect(value(), redis.get(key), "GET");
    }

    private static void expect(String expected, @Nullable String reply, String command) throws WrongAnswerException {
        if (!expected.equals(reply)) {
            throw new WrongAnswerException(command + " was answered with something else than was asked for");
        }
    }

    private void count() throws WrongAnswerException {
        int counter = random.nextInt(Counters.COUNT);
        long value;
        try {
            value = redis.incr(counters.key(counter));
        } catch (RuntimeException failure) {
            if (mayHaveCounted(failure)) {
                counters.uncertain(counter);
                lost = failure;
            }
            throw failure;
        }
        if (value <= seen[counter]) {
            counters.uncertain(counter);
            throw new WrongAnswerException("INCR was answered with a number that was seen before");
        }
        seen[counter] = value;
        counters.acknowledged(counter);
        if (value % 64 == 0) {
            redis.expire(counters.key(counter), Counters.KEPT_SECONDS);
        }
    }

    /** Without a connection nothing was sent, and an error reply says that nothing was done. */
    private static boolean mayHaveCounted(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AcquireException || cause instanceof JedisDataException) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Meaning meaning(Throwable failure) {
        if (failure instanceof ClassCastException) {
            // A reply of another type than the command's.
            return Meaning.WRONG;
        }
        return failure == lost ? Meaning.UNCERTAIN : Meaning.of(failure);
    }
}
