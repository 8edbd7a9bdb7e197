package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pool.Eviction;
import dev.weir.redis.local.LocalRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** What one borrower leaves on a Jedis connection, and what the next one finds: a pool of one shows it. */
class JedisSessionIT {

    private static LocalRedis redis;
    private WeirJedis pool;

    @BeforeAll
    static void start() throws IOException {
        redis = LocalRedis.start();
    }

    @AfterAll
    static void end() throws IOException {
        redis.close();
    }

    @BeforeEach
    void open() {
        pool = builder().jedis();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private static WeirRedisBuilder builder() {
        return WeirRedis.builder()
                .node(redis.host(), redis.port())
                .database(3)
                .clientName("weir")
                .settings(settings -> settings.min(1).max(1).acquireTimeout(Duration.ofSeconds(5)));
    }

    private static Object ask(Connection connection, String... words) {
        connection.sendCommand(PooledJedis.arguments(List.of(words)));
        return connection.getOne();
    }

    private static String text(Object reply) {
        return reply instanceof byte[] bytes ? SafeEncoder.encode(bytes) : String.valueOf(reply);
    }

    private String clientInfo() {
        try (Connection connection = pool.getConnection()) {
            return text(ask(connection, "CLIENT", "INFO"));
        }
    }

    private String id() {
        try (Connection connection = pool.getConnection()) {
            return text(ask(connection, "CLIENT", "ID"));
        }
    }

    private void borrow(Consumer<Connection> use) {
        try (Connection connection = pool.getConnection()) {
            use.accept(connection);
        }
    }

    @Test
    void aConnectionIsLentAsItWasSetUp() {
        assertThat(clientInfo()).contains(" db=3 ").contains(" name=weir ");
    }

    @Test
    void anotherDatabaseIsUndoneOnTheSameConnection() {
        String before = id();
        borrow(connection -> ask(connection, "SELECT", "5"));
        assertThat(clientInfo()).contains(" db=3 ");
        assertThat(id()).isEqualTo(before);
        assertThat(pool.counts().sessionsUndone()).isEqualTo(1);
    }

    @Test
    void anotherNameIsUndoneOnTheSameConnection() {
        String before = id();
        borrow(connection -> ask(connection, "CLIENT", "SETNAME", "mine"));
        assertThat(clientInfo()).contains(" name=weir ");
        assertThat(id()).isEqualTo(before);
    }

    @Test
    void trackingIsUndoneOnTheSameConnection() {
        String before = id();
        borrow(connection -> {
            ask(connection, "CLIENT", "TRACKING", "ON");
            assertThat(text(ask(connection, "CLIENT", "INFO"))).contains("flags=t");
        });
        assertThat(clientInfo()).contains("flags=N");
        assertThat(id()).isEqualTo(before);
    }

    @Test
    void allThatWasChangedIsUndoneTogether() {
        String before = id();
        borrow(connection -> {
            ask(connection, "SELECT", "7");
            ask(connection, "CLIENT", "TRACKING", "ON");
            ask(connection, "CLIENT", "SETNAME", "mine");
            connection.setSoTimeout(77);
        });
        assertThat(clientInfo()).contains(" db=3 ").contains(" name=weir ").contains("flags=N");
        borrow(connection -> assertThat(connection.getSoTimeout()).isEqualTo(2_000));
        assertThat(id()).isEqualTo(before);
        assertThat(pool.counts().sessionsUndone()).isEqualTo(1);
    }

    @Test
    void aSelectThatFailedIsUndoneAllTheSame() {
        borrow(connection ->
                assertThatThrownBy(() -> ask(connection, "SELECT", "99")).isInstanceOf(JedisException.class));
        assertThat(clientInfo()).contains(" db=3 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MULTI",
                "WATCH key",
                "CLIENT REPLY ON",
                "AUTH default any",
                "HELLO 2",
                "RESET",
                "SUBSCRIBE channel",
                "PSUBSCRIBE pattern*",
                "MONITOR",
                "ASKING"
            })
    void whatCannotBeUndoneForSureRetiresTheConnection(String command) {
        String before = id();
        borrow(connection -> {
            try {
                ask(connection, command.split(" ", -1));
            } catch (JedisException refused) {
                // ASKING is refused without a cluster, AUTH for its password; what matters is that they were tried.
            }
        });
        assertThat(clientInfo()).contains(" db=3 ").contains(" name=weir ").contains("flags=N");
        assertThat(id()).isNotEqualTo(before);
        assertThat(pool.snapshot().totals().closed()).isEqualTo(1);
    }

    @Test
    void aFinishedTransactionLeavesNothing() {
        String before = id();
        borrow(connection -> {
            ask(connection, "WATCH", "key");
            ask(connection, "MULTI");
            ask(connection, "EXEC");
        });
        borrow(connection -> {
            ask(connection, "WATCH", "key");
            ask(connection, "UNWATCH");
            ask(connection, "MULTI");
            ask(connection, "DISCARD");
        });
        assertThat(id()).isEqualTo(before);
        assertThat(pool.counts().sessionsUndone()).isZero();
    }

    @Test
    void aReplyThatWasNotReadIsReadByNobody() {
        String before = id();
        borrow(connection -> connection.sendCommand(new CommandArguments(Protocol.Command.ECHO).add("mine")));
        borrow(connection -> assertThat(text(ask(connection, "ECHO", "yours"))).isEqualTo("yours"));
        assertThat(id()).isNotEqualTo(before);
        assertThat(pool.counts().retiredDirty()).isEqualTo(1);
    }

    @Test
    void strictResetRetiresWhateverWasChanged() {
        pool.close();
        pool = builder().sessionReset(SessionReset.STRICT).jedis();
        String before = id();
        borrow(connection -> ask(connection, "CLIENT", "SETNAME", "mine"));
        assertThat(clientInfo()).contains(" name=weir ");
        assertThat(id()).isNotEqualTo(before);
    }

    @Test
    void aConnectionClosedTwiceIsGivenBackOnce() {
        Connection mine = pool.getConnection();
        mine.close();
        Connection yours = pool.getConnection();
        mine.close();
        assertThat(pool.snapshot().leased()).isEqualTo(1);
        assertThat(text(ask(yours, "ECHO", "mine"))).isEqualTo("mine");
        assertThatThrownBy(() -> ask(mine, "ECHO", "again"))
                .isInstanceOf(JedisException.class)
                .hasMessageContaining("closed or taken back");
        assertThat(mine.isBroken()).isTrue();
        yours.close();
        assertThat(pool.snapshot().leased()).isZero();
    }

    @Test
    void aBorrowerDoesNotReconnectWhatIsGone() {
        borrow(connection -> {
            connection.disconnect();
            assertThatThrownBy(() -> ask(connection, "PING")).isInstanceOf(JedisException.class);
        });
        assertThat(clientInfo()).contains(" db=3 ").contains(" name=weir ");
    }

    @Test
    void aRestedConnectionThatTheServerClosedIsNotLent() {
        String before = id();
        try (WeirJedis other = builder().jedis();
                Connection killer = other.getConnection()) {
            ask(killer, "CLIENT", "KILL", "ID", before);
        }
        pool.pool().endpointSuspect(null);
        assertThat(id()).isNotEqualTo(before);
        assertThat(pool.snapshot().totals().checksFailed()).isEqualTo(1);
    }

    @Test
    void aDemotedServersConnectionsAreReplacedAfterOneReply() throws Exception {
        try (LocalRedis primary = LocalRedis.start();
                WeirJedis writers = WeirRedis.builder()
                        .node(primary.host(), primary.port())
                        .settings(settings -> settings.min(2).max(2))
                        .jedis()) {
            Connection first = writers.getConnection();
            Connection second = writers.getConnection();
            ask(first, "REPLICAOF", redis.host(), Integer.toString(redis.port()));
            second.close();
            assertThatThrownBy(() -> ask(first, "SET", "key", "value"))
                    .isInstanceOf(JedisException.class)
                    .hasMessageContaining("READONLY");
            first.close();
            assertThat(writers.counts().readOnlyReplies()).isEqualTo(1);
            Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                writers.client().ping();
                assertThat(writers.snapshot().totals().closed()).isGreaterThanOrEqualTo(1);
            });
        }
    }

    @Test
    void credentialsAreAskedForAgainForEachConnection() throws Exception {
        try (LocalRedis locked =
                LocalRedis.builder().set("requirepass", "first").start()) {
            String[] password = {"first"};
            try (WeirJedis rotating = WeirRedis.builder()
                    .node(locked.host(), locked.port())
                    .credentials(() -> new Credentials(null, password[0]))
                    .settings(settings -> settings.min(1).max(1))
                    .jedis()) {
                try (Connection connection = rotating.getConnection()) {
                    ask(connection, "CONFIG", "SET", "requirepass", "second");
                }
                password[0] = "second";
                rotating.pool().evict(Eviction.HARD);
                try (Connection connection = rotating.getConnection()) {
                    assertThat(ask(connection, "CONFIG", "GET", "requirepass")).isInstanceOfAny(Map.class, List.class);
                }
            }
        }
    }
}
