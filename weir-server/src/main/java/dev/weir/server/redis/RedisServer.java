package dev.weir.server.redis;

import dev.weir.redis.local.LocalRedis;
import dev.weir.server.config.RedisAccess;
import dev.weir.server.config.Secret;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisDataException;

/** The Redis that is worked on: an embedded one, which ends with this, or one that was given. */
public final class RedisServer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final @Nullable LocalRedis embedded;
    private final RedisAccess access;

    private RedisServer(@Nullable LocalRedis embedded, RedisAccess access) {
        this.embedded = embedded;
        this.access = access;
    }

    /**
     * Starts an embedded one, which takes some milliseconds.
     *
     * @throws IOException if it cannot run on this machine; its message has one line
     */
    public static RedisServer embedded() throws IOException {
        try {
            LocalRedis redis = LocalRedis.start();
            return new RedisServer(redis, new RedisAccess(redis.url(), null, null));
        } catch (IOException | RuntimeException | LinkageError unable) {
            // The unpacking of the program is a class's initialisation, whose failure wraps what happened.
            Throwable why = unable;
            while (why.getCause() != null) {
                why = why.getCause();
            }
            throw new IOException(
                    String.valueOf(why.getMessage()).replaceAll("\\s+", " ").strip(), unable);
        }
    }

    /** One that somebody else runs. */
    public static RedisServer given(RedisAccess access) {
        return new RedisServer(null, access);
    }

    /** Whether it ends with this. */
    boolean isEmbedded() {
        return embedded != null;
    }

    /** How it is reached. */
    public RedisAccess access() {
        return access;
    }

    /**
     * Opens a connection of the run's own, on which no answer takes longer than 5 s.
     *
     * @throws redis.clients.jedis.exceptions.JedisException if there is none to be had
     */
    public Jedis control() {
        URI uri = URI.create(access.url());
        Secret password = access.password();
        String path = uri.getPath();
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(TIMEOUT_MILLIS)
                .socketTimeoutMillis(TIMEOUT_MILLIS)
                .user(access.user())
                .password(password == null ? null : password.reveal())
                .database(path.length() > 1 ? Integer.parseInt(path.substring(1)) : 0);
        if (uri.getScheme().equals("rediss")) {
            config.sslOptions(SslOptions.defaults());
        }
        int port = uri.getPort() < 0 ? Protocol.DEFAULT_PORT : uri.getPort();
        return new Jedis(new HostAndPort(uri.getHost(), port), config.build());
    }

    /** What it is and where, for people. */
    public String describe(Jedis control) {
        return "Redis " + version(control) + (embedded != null ? " (embedded)" : " at " + access.url());
    }

    private static String version(Jedis control) {
        try {
            return control.info("server")
                    .lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (JedisDataException forbidden) {
            return "(version unknown)";
        }
    }

    @Override
    public void close() throws IOException {
        if (embedded != null) {
            embedded.close();
        }
    }
}
