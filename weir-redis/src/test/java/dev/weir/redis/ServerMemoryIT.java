package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pool.ConnectionWeight;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.MemoryWatch;
import dev.weir.redis.local.LocalRedis;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClient;

/** What Redis tells of the memory of a pooled connection. */
class ServerMemoryIT {

    private static LocalRedis redis;

    @BeforeAll
    static void start() throws IOException {
        redis = LocalRedis.start();
    }

    @AfterAll
    static void stop() throws IOException {
        redis.close();
    }

    private static WeirRedisBuilder builder() {
        return WeirRedis.builder()
                .node(redis.host(), redis.port())
                .settings(pool -> pool.min(1).max(1));
    }

    private static ConnectionWeight weigh(ManagedPool pool) {
        pool.watchMemory(MemoryWatch.standard());
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(pool::weights, weights -> !weights.isEmpty())
                .get(0)
                .weight();
    }

    @Test
    void ofAJedisConnection() {
        try (WeirJedis pool = builder().jedis()) {
            RedisClient client = pool.client();
            client.set("key", "value");
            assertThat(weigh(pool.pool()).serverBytes()).isBetween(500L, 1_000_000L);
            assertThat(client.get("key")).isEqualTo("value");
            assertThat(pool.snapshot().totals().checksFailed()).isZero();
        }
    }

    @Test
    void ofALettuceConnection() throws Exception {
        try (WeirLettuce<String, String> pool = builder().lettuce()) {
            assertThat(weigh(pool.pool()).serverBytes()).isBetween(500L, 1_000_000L);
        }
    }

    @Test
    void aUserWhoMayNotAskIsToldWhatIsMissing() {
        try (WeirJedis root = builder().jedis()) {
            root.client()
                    .executeCommand(new CommandArguments(Protocol.Command.ACL)
                            .add("SETUSER")
                            .add("mute")
                            .add("on")
                            .add(">secret")
                            .add("~*")
                            .add("+@all")
                            .add("-client"));
        }
        try (WeirJedis pool = builder().user("mute").password("secret").jedis()) {
            ConnectionWeight weight = weigh(pool.pool());
            assertThat(weight.isKnown()).isFalse();
            assertThat(weight.how()).contains("+client|info");
            assertThat(pool.client().ping()).isEqualTo("PONG");
        }
    }
}
