package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pool.AcquireException;
import dev.weir.pool.ConnectFailure;
import dev.weir.pool.Connector;
import dev.weir.redis.local.LocalRedis;
import dev.weir.time.Ticker;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** How a server says that it will not have another connection, through either client, and what the pool makes of it. */
class ServerRefusalsIT {

    private static LocalRedis locked;

    enum Client {
        JEDIS {
            @Override
            Connector<?> connector(RedisSettings settings) {
                return new JedisConnector(settings.node(), new RedisHome(settings, Ticker.system()), config -> {});
            }
        },
        LETTUCE {
            @Override
            Connector<?> connector(RedisSettings settings) {
                return new LettuceConnector<>(
                        new RedisHome(settings, Ticker.system()),
                        StringCodec.UTF8,
                        LettuceThreads.join(),
                        options -> {},
                        false);
            }
        };

        abstract Connector<?> connector(RedisSettings settings);

        ConnectFailure classify(WeirRedisBuilder builder) {
            Connector<?> connector = connector(builder.settings());
            try {
                Object opened = connector.connect();
                throw new AssertionError("it let in " + opened);
            } catch (Exception refusal) {
                assertThat(refusal.toString()).doesNotContain("guessed");
                return connector.classify(refusal);
            } finally {
                if (this == LETTUCE) {
                    LettuceThreads.leave();
                }
            }
        }
    }

    @BeforeAll
    static void start() throws IOException {
        locked = LocalRedis.builder().set("requirepass", "secret").start();
    }

    @AfterAll
    static void end() throws IOException {
        locked.close();
    }

    private static WeirRedisBuilder at(LocalRedis redis) {
        return WeirRedis.builder().node(redis.host(), redis.port());
    }

    @ParameterizedTest
    @EnumSource
    void noPasswordIsAConfiguration(Client client) {
        assertThat(client.classify(at(locked))).isEqualTo(ConnectFailure.CONFIGURATION);
    }

    @RepeatedTest(100)
    void aRefusalThatIsThereBeforeLettuceLooksIsUnderstood() {
        noPasswordIsAConfiguration(Client.LETTUCE);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongPasswordIsAConfiguration(Client client) {
        assertThat(client.classify(at(locked).password("guessed"))).isEqualTo(ConnectFailure.CONFIGURATION);
        assertThat(client.classify(at(locked).user("nobody").password("guessed")))
                .isEqualTo(ConnectFailure.CONFIGURATION);
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatIsNotThereIsAConfiguration(Client client) {
        assertThat(client.classify(at(locked).password("secret").database(99))).isEqualTo(ConnectFailure.CONFIGURATION);
    }

    /** Lettuce closes its channel on a refusal of the handshake, and sees at times the end of the channel first. */
    @RepeatedTest(100)
    void aRefusalThatLettuceForgetsIsUnderstood() {
        aDatabaseThatIsNotThereIsAConfiguration(Client.LETTUCE);
    }

    @ParameterizedTest
    @EnumSource
    void nobodyListeningIsForNow(Client client) throws Exception {
        LocalRedis gone = LocalRedis.start();
        gone.close();
        assertThat(client.classify(at(gone))).isEqualTo(ConnectFailure.TRANSIENT);
    }

    @ParameterizedTest
    @EnumSource
    void aFullServerIsFull(Client client) throws Exception {
        try (LocalRedis small = LocalRedis.builder().set("maxclients", "1").start();
                Jedis guest = new Jedis(small.host(), small.port())) {
            guest.ping();
            assertThat(client.classify(at(small))).isEqualTo(ConnectFailure.SERVER_FULL);
        }
    }

    @Test
    void aPoolLivesWithTheConnectionsAFullServerGrants() throws Exception {
        try (LocalRedis small = LocalRedis.builder().set("maxclients", "2").start();
                WeirJedis pool = at(small)
                        .settings(settings -> settings.min(0).max(4).acquireTimeout(Duration.ofMillis(300)))
                        .jedis()) {
            List<AutoCloseable> held = new ArrayList<>();
            held.add(pool.getConnection());
            held.add(pool.getConnection());
            assertThatThrownBy(pool::getConnection).hasMessageContaining("max number of clients");
            for (AutoCloseable connection : held) {
                connection.close();
            }
            assertThat(pool.client().ping()).isEqualTo("PONG");
        }
    }

    @Test
    void whoWaitsHearsOfAConfigurationAtOnce() {
        try (WeirJedis pool = at(locked).jedis()) {
            assertThatThrownBy(pool::getConnection)
                    .isInstanceOf(JedisConnectionException.class)
                    .hasMessageContaining("NOAUTH")
                    .cause()
                    .isInstanceOfSatisfying(
                            AcquireException.class,
                            cause -> assertThat(cause.reason()).isEqualTo(AcquireException.Reason.CONNECT_FAILED));
        }
    }

    @Test
    void aLoadingServerIsBackPressure() throws Exception {
        try (LocalRedis redis = LocalRedis.builder()
                        .set("key-load-delay", "300")
                        .set("rdbcompression", "no")
                        .start();
                Jedis operator = new Jedis(redis.host(), redis.port(), 20_000);
                WeirJedis pool = at(redis).startTimeout(Duration.ofSeconds(10)).jedis()) {
            String value = "x".repeat(1 << 12);
            try (Pipeline pipeline = operator.pipelined()) {
                for (int i = 0; i < 3_000; i++) {
                    pipeline.set("key" + i, value);
                }
            }
            RedisClient client = pool.client();
            AtomicBoolean heard = new AtomicBoolean();
            CompletableFuture<Object> reload = CompletableFuture.supplyAsync(
                    () -> operator.sendCommand(() -> SafeEncoder.encode("DEBUG"), "RELOAD"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        try {
                            client.get("key1");
                        } catch (JedisException failure) {
                            heard.compareAndSet(
                                    false, String.valueOf(failure.getMessage()).contains("LOADING"));
                        }
                        return reload.isDone();
                    });
            assertThat(reload).isCompleted();
            assertThat(heard).isTrue();
            assertThat(pool.counts().loadingReplies()
                            + pool.snapshot().totals().connectFailures()
                            + pool.snapshot().totals().checksFailed())
                    .isPositive();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(client.get("key1")).isEqualTo(value));
        }
    }
}
