package dev.weir.redis;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.codec.RedisCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;

/**
 * Collects the settings of Redis connections. What is not set comes from the {@linkplain Profile profile}, at first {@link
 * Profile#SHARED}. Problems are found by {@link #settings()} and by the calls that open, all at once. Not thread-safe.
 *
 * <p>The last call opens, and chooses the client: {@link #jedis()}, {@link #jedisCluster()}, {@link #lettuce()} or {@link
 * #sharedLettuce()}. Each throws {@link InvalidSettingsException} listing every problem with its mend, {@link
 * IllegalArgumentException} if the manager has a pool of that name, {@link IllegalStateException} if the manager is shut down
 * or full, or the budget has no room for the pool's floor, and {@link StartFailedException} if there is no connection within
 * the start timeout.
 */
public final class WeirRedisBuilder {

    final List<Consumer<PoolSettings.Builder>> poolChanges = new ArrayList<>();
    final List<RedisNode> nodes = new ArrayList<>();
    /** What {@link #url} could not read; reported together with everything else. */
    final List<String> problems = new ArrayList<>();

    Profile profile = Profile.SHARED;

    @Nullable String name;

    @Nullable String user;

    @Nullable String password;

    @Nullable CredentialsProvider credentials;

    int database;

    @Nullable String clientName;

    boolean tls;
    Duration socketTimeout = Duration.ofSeconds(2);
    Duration blockingTimeout = Duration.ZERO;

    @Nullable Duration queryTimeout;

    SessionReset sessionReset = SessionReset.PRECISE;
    long maxBufferBytes = 1 << 20;
    int requestQueueSize = 1_000;
    Duration startTimeout = Duration.ZERO;

    @Nullable PoolEnvironment environment;

    @Nullable ConnectionPoolManager manager;

    List<String> dependencies = List.of();

    WeirRedisBuilder() {}

    /** Sets {@link RedisSettings#name()}; the default is a number. */
    public WeirRedisBuilder name(String value) {
        name = value;
        return this;
    }

    /** The server; for a cluster, another of its nodes. */
    public WeirRedisBuilder node(String host, int port) {
        nodes.add(new RedisNode(host, port));
        return this;
    }

    /**
     * The server as a URL: {@code redis://host:port/database}, or {@code rediss:} for TLS. User and password may stand
     * before an {@code @}; they are better kept in {@link #credentials}.
     */
    public WeirRedisBuilder url(String value) {
        RedisUrl.read(value, this);
        return this;
    }

    /** The ACL user to connect as; none is the {@code default} user. */
    public WeirRedisBuilder user(@Nullable String value) {
        user = value;
        return this;
    }

    /** The password to connect with. */
    public WeirRedisBuilder password(@Nullable String value) {
        password = value;
        return this;
    }

    /** Who knows the credentials, asked for each connection. Instead of {@link #user} and {@link #password}. */
    public WeirRedisBuilder credentials(CredentialsProvider value) {
        credentials = value;
        return this;
    }

    /** Sets {@link RedisSettings#database()}; the default is 0. */
    public WeirRedisBuilder database(int value) {
        database = value;
        return this;
    }

    /** Sets {@link RedisSettings#clientName()}. */
    public WeirRedisBuilder clientName(String value) {
        clientName = value;
        return this;
    }

    /** Encrypts connections, trusting whom the JVM trusts. More is set on the client's own configuration. */
    public WeirRedisBuilder tls(boolean value) {
        tls = value;
        return this;
    }

    /** The settings to start from. */
    public WeirRedisBuilder profile(Profile value) {
        profile = value;
        return this;
    }

    /** Changes settings of the engine; may be called several times, and is applied to the profile whatever the order. */
    public WeirRedisBuilder settings(Consumer<PoolSettings.Builder> change) {
        poolChanges.add(change);
        return this;
    }

    /** Sets {@link RedisSettings#socketTimeout()}; the default is 2 s. */
    public WeirRedisBuilder socketTimeout(Duration value) {
        socketTimeout = value;
        return this;
    }

    /** Sets {@link RedisSettings#blockingTimeout()}; the default is zero: no limit. */
    public WeirRedisBuilder blockingTimeout(Duration value) {
        blockingTimeout = value;
        return this;
    }

    /** Sets {@link RedisSettings#queryTimeout()}; zero is none. */
    public WeirRedisBuilder queryTimeout(Duration value) {
        queryTimeout = value;
        return this;
    }

    /** Sets {@link RedisSettings#sessionReset()}; the default is {@link SessionReset#PRECISE}. */
    public WeirRedisBuilder sessionReset(SessionReset value) {
        sessionReset = value;
        return this;
    }

    /** Sets {@link RedisSettings#maxBufferBytes()}; the default is 1 MiB. */
    public WeirRedisBuilder maxBufferBytes(long value) {
        maxBufferBytes = value;
        return this;
    }

    /** Sets {@link RedisSettings#requestQueueSize()}; the default is 1,000. */
    public WeirRedisBuilder requestQueueSize(int value) {
        requestQueueSize = value;
        return this;
    }

    /** Sets {@link RedisSettings#startTimeout()}; the default is zero. */
    public WeirRedisBuilder startTimeout(Duration value) {
        startTimeout = value;
        return this;
    }

    /**
     * Puts the pool under a manager: into its memory account, its histories, its alerts and its shutdown. Closing the pool
     * takes it out again. The {@link #name} must be free there.
     *
     * @param dependsOn pools of the manager that work on this one's connections needs; they are shut down after it
     */
    public WeirRedisBuilder manager(ConnectionPoolManager value, String... dependsOn) {
        manager = value;
        dependencies = List.of(dependsOn);
        return this;
    }

    /** Where the pool gets its time, tells its events and is granted its memory; the default is an environment of its own. */
    public WeirRedisBuilder environment(PoolEnvironment value) {
        environment = value;
        return this;
    }

    /**
     * The settings as they stand.
     *
     * @throws InvalidSettingsException listing every problem with its mend
     */
    public RedisSettings settings() {
        return SettingsCheck.of(this, false);
    }

    /** Opens a pool of Jedis connections. */
    public WeirJedis jedis() {
        return jedis(config -> {});
    }

    /**
     * Opens a pool of Jedis connections.
     *
     * @param more what else Jedis is to be told, such as {@code sslOptions}; it must leave alone what is set here
     */
    public WeirJedis jedis(Consumer<DefaultJedisClientConfig.Builder> more) {
        return WeirJedis.open(SettingsCheck.of(this, false), more, new PoolSeat(this));
    }

    /** Opens a pool of Jedis connections for each node of a cluster. */
    public WeirJedisCluster jedisCluster() {
        return jedisCluster(config -> {});
    }

    /**
     * Opens a pool of Jedis connections for each node of a cluster.
     *
     * @param more what else Jedis is to be told, such as {@code sslOptions}; it must leave alone what is set here
     */
    public WeirJedisCluster jedisCluster(Consumer<DefaultJedisClientConfig.Builder> more) {
        return WeirJedisCluster.open(SettingsCheck.of(this, true), more, new PoolSeat(this));
    }

    /** Opens a pool of Lettuce connections for strings. */
    public WeirLettuce<String, String> lettuce() {
        return WeirLettuce.openForStrings(SettingsCheck.of(this, false), new PoolSeat(this));
    }

    /** Opens a pool of Lettuce connections. */
    public <K, V> WeirLettuce<K, V> lettuce(RedisCodec<K, V> codec) {
        return lettuce(codec, options -> {});
    }

    /**
     * Opens a pool of Lettuce connections.
     *
     * @param more what else Lettuce is to be told, such as {@code sslOptions}; it must leave alone what is set here
     */
    public <K, V> WeirLettuce<K, V> lettuce(RedisCodec<K, V> codec, Consumer<ClientOptions.Builder> more) {
        return WeirLettuce.open(SettingsCheck.of(this, false), codec, more, new PoolSeat(this));
    }

    /** Opens the one Lettuce connection for strings that many threads share. */
    public SharedLettuce<String, String> sharedLettuce() {
        return SharedLettuce.openForStrings(SettingsCheck.of(this, false), new PoolSeat(this));
    }

    /**
     * Opens the one Lettuce connection that many threads share.
     *
     * @param more what else Lettuce is to be told, such as {@code sslOptions}; it must leave alone what is set here
     */
    public <K, V> SharedLettuce<K, V> sharedLettuce(RedisCodec<K, V> codec, Consumer<ClientOptions.Builder> more) {
        return SharedLettuce.open(SettingsCheck.of(this, false), codec, more, new PoolSeat(this));
    }

    PoolEnvironment sharedEnvironment() {
        if (manager != null) {
            return manager.environment();
        }
        return environment == null ? PoolEnvironment.of(new EventStream(), MemoryBudget.unlimited()) : environment;
    }
}
