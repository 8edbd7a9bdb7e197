package dev.weir.server.config;

import dev.weir.jdbc.Profile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to do.
 *
 * @param pools the pools that carry TPC-B, at least one
 * @param redis the Redis part of the load
 * @param http the HTTP part of the load
 * @param budgetBytes the memory budget over all pools
 * @param users virtual users of TPC-B, over all its pools
 * @param scale TPC-B's scale: the number of branches, each with 100,000 accounts
 * @param duration how long the load lasts; {@code null}: until it is interrupted
 * @param drainTimeout how long the shutdown waits for work in hand before it cancels it
 * @param schema the schema that the tables are made in
 * @param database the database to work on; {@code null}: an embedded PostgreSQL
 * @param metrics where it tells of its pools
 * @param dashboard the page about it
 */
public record RunPlan(
        List<PoolPlan> pools,
        RedisPlan redis,
        HttpPlan http,
        long budgetBytes,
        int users,
        int scale,
        @Nullable Duration duration,
        Duration drainTimeout,
        String schema,
        @Nullable DatabasePlan database,
        MetricsPlan metrics,
        DashboardPlan dashboard) {

    /** The most virtual users. */
    public static final int MOST_USERS = 100_000;

    /** The largest scale: beyond it account numbers leave the range of an {@code int}, as in pgbench. */
    public static final int LARGEST_SCALE = 20_000;

    /** The most pools. */
    public static final int MOST_POOLS = 64;

    /** Copies the pools. */
    public RunPlan {
        pools = List.copyOf(pools);
    }

    /** What a run does when nobody says otherwise. */
    public static RunPlan standard() {
        return new RunPlan(
                Stream.of(Profile.values()).map(PoolPlan::of).toList(),
                RedisPlan.standard(),
                HttpPlan.standard(),
                64L << 20,
                16,
                10,
                null,
                Duration.ofSeconds(10),
                "weir_run",
                null,
                MetricsPlan.standard(),
                DashboardPlan.standard());
    }

    /** The virtual users of every part of the load. */
    public int allUsers() {
        return users + redis.users() + http.users();
    }

    /** How many users each pool of TPC-B gets: the users shared out by the pools' shares, what is left over to the largest remainders. */
    public List<Integer> usersByPool() {
        long shares = pools.stream().mapToLong(PoolPlan::share).sum();
        int[] parts = new int[pools.size()];
        int left = users;
        List<Integer> byRemainder = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            parts[i] = (int) ((long) users * pools.get(i).share() / shares);
            left -= parts[i];
            byRemainder.add(i);
        }
        byRemainder.sort((a, b) -> Long.compare(
                (long) users * pools.get(b).share() % shares,
                (long) users * pools.get(a).share() % shares));
        for (int i = 0; i < left; i++) {
            parts[byRemainder.get(i)]++;
        }
        return Arrays.stream(parts).boxed().toList();
    }
}
