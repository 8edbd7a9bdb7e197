package dev.weir.redis;

import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at all that a builder collected, finds every problem, and makes the settings when there is none. */
final class SettingsCheck {

    private static final int LONGEST_NAME = 100;
    private static final int LARGEST_PORT = 65_535;
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);
    /** Below what Lettuce allocates at first, every connection would be retired. */
    private static final long LEAST_BUFFER = 128 << 10;

    private static final AtomicInteger UNNAMED = new AtomicInteger();

    private final WeirRedisBuilder from;
    private final List<String> problems;
    private PoolSettings pool = PoolSettings.shared();

    private SettingsCheck(WeirRedisBuilder from) {
        this.from = from;
        this.problems = new ArrayList<>(from.problems);
    }

    /**
     * Checks everything.
     *
     * @throws InvalidSettingsException if anything is wrong
     */
    static RedisSettings of(WeirRedisBuilder from, boolean cluster) {
        SettingsCheck check = new SettingsCheck(from);
        check.nodes(cluster);
        check.identity();
        check.pool();
        check.bounds();
        if (!check.problems.isEmpty()) {
            throw new InvalidSettingsException("These settings of Redis connections", check.problems);
        }
        return check.settings();
    }

    private void nodes(boolean cluster) {
        problem(from.nodes.isEmpty() && from.problems.isEmpty(), "no server is named: set node, or url");
        problem(
                !cluster && from.nodes.size() > 1,
                from.nodes.size() + " nodes are set: keep one, or open a cluster with jedisCluster()");
        for (RedisNode node : from.nodes) {
            problem(node.host().isBlank(), "node has no host: name the server");
            problem(
                    node.port() < 1 || node.port() > LARGEST_PORT,
                    "port of node " + node + " is " + node.port() + ": use 1 to " + LARGEST_PORT);
        }
        problem(from.database < 0, "database is " + from.database + ": use 0 or more");
        problem(
                cluster && from.database > 0,
                "database is " + from.database + ", but a cluster has database 0 only: drop it");
    }

    private void identity() {
        problem(
                from.credentials != null && (from.user != null || from.password != null),
                "credentials and user or password are both set: keep one");
        problem(from.user != null && from.password == null, "user is set without a password: set password too");
        problem(
                from.manager != null && from.environment != null,
                "manager and environment are both set: keep the manager, which has an environment");
        String name = from.name;
        problem(
                name != null && (name.isBlank() || name.length() > LONGEST_NAME),
                "name is blank or too long: use 1 to " + LONGEST_NAME + " characters");
        String clientName = from.clientName;
        problem(
                clientName != null
                        && (clientName.isEmpty() || !clientName.chars().allMatch(c -> c > ' ' && c <= '~')),
                "clientName is empty or holds blanks or other than ASCII, which Redis refuses: use printable characters");
    }

    private void pool() {
        PoolSettings.Builder builder = from.profile.pool().toBuilder();
        from.poolChanges.forEach(change -> change.accept(builder));
        try {
            pool = builder.build();
        } catch (InvalidSettingsException invalid) {
            problems.addAll(invalid.problems());
        }
    }

    private void bounds() {
        problem(
                from.socketTimeout.toMillis() < 1 || from.socketTimeout.compareTo(LONGEST_TIMEOUT) > 0,
                "socketTimeout is " + from.socketTimeout + ": use 1 ms to a day; without a bound a frozen server would"
                        + " hold its borrowers");
        notNegative("blockingTimeout", from.blockingTimeout);
        if (from.queryTimeout != null) {
            notNegative("queryTimeout", from.queryTimeout);
        }
        notNegative("startTimeout", from.startTimeout);
        problem(
                from.maxBufferBytes < LEAST_BUFFER,
                "maxBufferBytes is " + from.maxBufferBytes + ": use " + LEAST_BUFFER
                        + " or more, for a new connection has 64 KiB");
        problem(from.requestQueueSize < 1, "requestQueueSize is " + from.requestQueueSize + ": use 1 or more");
    }

    private void notNegative(String setting, Duration value) {
        problem(
                value.isNegative() || value.compareTo(LONGEST_TIMEOUT) > 0,
                setting + " is " + value + ": use zero for none, or more, at most a day");
    }

    private void problem(boolean holds, String problem) {
        if (holds) {
            problems.add(problem);
        }
    }

    private RedisSettings settings() {
        CredentialsProvider credentials = from.credentials;
        Duration queryTimeout = from.queryTimeout;
        String name = from.name;
        return new RedisSettings(
                name == null ? "redis-" + UNNAMED.incrementAndGet() : name,
                from.nodes,
                credentials == null ? CredentialsProvider.fixed(from.user, from.password) : credentials,
                from.database,
                from.clientName,
                from.tls,
                pool,
                from.socketTimeout,
                from.blockingTimeout,
                queryTimeout == null ? from.profile.queryTimeout() : queryTimeout,
                from.sessionReset,
                from.maxBufferBytes,
                from.requestQueueSize,
                from.startTimeout);
    }
}
