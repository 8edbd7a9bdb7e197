package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ConnectionPoolManager;
import dev.weir.pool.AcquireException;
import dev.weir.redis.local.LocalRedis;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lettuce's connections from a pool of one: what one borrower leaves, and what the next one finds. */
class LettuceIT {

    private static LocalRedis redis;
    private WeirLettuce<String, String> pool;

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
        pool = builder().lettuce();
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

    private <T> T borrow(Function<RedisCommands<String, String>, T> use) {
        try (StatefulRedisConnection<String, String> connection = pool.getConnection()) {
            return use.apply(connection.sync());
        }
    }

    private void leave(Consumer<StatefulRedisConnection<String, String>> use) {
        try (StatefulRedisConnection<String, String> connection = pool.getConnection()) {
            use.accept(connection);
        }
    }

    private String me() {
        return borrow(commands -> commands.clientList()
                .lines()
                .filter(line -> line.contains("cmd=client") || line.contains("cmd=client|list"))
                .findFirst()
                .orElseThrow());
    }

    private String echo(String tag) {
        return borrow(commands -> commands.echo(tag));
    }

    private long id() {
        return borrow(RedisCommands::clientId);
    }

    @Test
    void aConnectionIsLentAsItWasSetUp() {
        assertThat(me()).contains(" db=3 ").contains(" name=weir ");
    }

    @Test
    void whatWasChangedIsUndoneOnTheSameConnection() {
        long before = id();
        leave(connection -> {
            connection.sync().select(5);
            connection.sync().clientSetname("mine");
            connection.sync().clientTracking(TrackingArgs.Builder.enabled());
        });
        assertThat(me()).contains(" db=3 ").contains(" name=weir ").contains("flags=N");
        assertThat(id()).isEqualTo(before);
        assertThat(pool.counts().sessionsUndone()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MULTI", "WATCH key", "SUBSCRIBE channel", "CLIENT REPLY ON", "RESET", "MONITOR"})
    void whatCannotBeUndoneForSureRetiresTheConnection(String words) {
        long before = id();
        leave(connection -> {
            CommandArgs<String, String> arguments = new CommandArgs<>(StringCodec.UTF8);
            String[] all = words.split(" ", -1);
            for (int i = 1; i < all.length; i++) {
                arguments.add(all[i]);
            }
            CommandType type = all[0].equals("RESET") || all[0].equals("MONITOR") ? null : CommandType.valueOf(all[0]);
            RedisFuture<String> reply = connection
                    .async()
                    .dispatch(
                            type != null ? type : new NamedCommand(all[0]),
                            new StatusOutput<>(StringCodec.UTF8),
                            arguments);
            if (type != CommandType.SUBSCRIBE) {
                assertThat(reply.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(5));
            }
        });
        assertThat(me()).contains(" db=3 ").contains(" name=weir ");
        assertThat(id()).isNotEqualTo(before);
    }

    @Test
    void transactionsWorkAndLeaveNothing() {
        long before = id();
        leave(connection -> {
            RedisCommands<String, String> commands = connection.sync();
            commands.watch("count");
            commands.multi();
            assertThat(connection.isMulti()).isTrue();
            commands.incr("count");
            commands.incr("count");
            TransactionResult result = commands.exec();
            assertThat(result.<Long>get(1)).isEqualTo(2);
        });
        leave(connection -> assertThat(connection.isMulti()).isFalse());
        assertThat(id()).isEqualTo(before);
    }

    @Test
    void repliesThatAreOutComeInBeforeTheNextBorrower() throws Exception {
        long before = id();
        List<RedisFuture<String>> replies = new ArrayList<>();
        try (StatefulRedisConnection<String, String> connection = pool.getConnection()) {
            connection.setAutoFlushCommands(false);
            for (int i = 0; i < 500; i++) {
                replies.add(connection.async().echo("tag" + i));
            }
        }
        assertThat(echo("next")).isEqualTo("next");
        for (int i = 0; i < replies.size(); i++) {
            assertThat(replies.get(i).get(5, TimeUnit.SECONDS)).isEqualTo("tag" + i);
        }
        assertThat(id()).isEqualTo(before);
    }

    @Test
    void aReplyThatDoesNotComeRetiresTheConnectionAfterTheSocketTimeout() {
        pool.close();
        pool = builder().socketTimeout(Duration.ofMillis(300)).lettuce();
        long before = id();
        leave(connection -> {
            connection.setTimeout(Duration.ofMillis(50));
            assertThatThrownBy(() -> connection.sync().blpop(0, "nothing")).isInstanceOf(RedisException.class);
        });
        assertThat(echo("next")).isEqualTo("next");
        assertThat(id()).isNotEqualTo(before);
        assertThat(pool.counts().commandsAborted()).isEqualTo(1);
    }

    @Test
    void aCommandCancelledBeforeItWasWrittenKeepsNoConnection() {
        pool.close();
        pool = builder().socketTimeout(Duration.ofMillis(300)).lettuce();
        leave(connection -> {
            connection.setAutoFlushCommands(false);
            assertThat(connection.async().echo("never").cancel(true)).isTrue();
        });
        assertThat(echo("next")).isEqualTo("next");
        leave(connection -> {
            connection.setAutoFlushCommands(false);
            RedisFuture<String> never = connection.async().echo("never");
            connection.close();
            never.cancel(true);
        });
        assertThat(echo("next")).isEqualTo("next");
        assertThat(pool.snapshot().leased()).isZero();
    }

    @Test
    void aBlockingCommandMayWaitLongerThanTheSocketTimeout() {
        pool.close();
        pool = builder().socketTimeout(Duration.ofMillis(300)).lettuce();
        leave(connection -> assertThat(connection.sync().blpop(1, "nothing")).isNull());
        assertThat(pool.counts().commandsAborted()).isZero();
    }

    @Test
    void aHandleIsPowerlessAfterItsLease() {
        StatefulRedisConnection<String, String> mine = pool.getConnection();
        RedisAsyncCommands<String, String> kept = mine.async();
        mine.close();
        try (StatefulRedisConnection<String, String> yours = pool.getConnection()) {
            mine.close();
            assertThat(mine.isOpen()).isFalse();
            assertThat(yours.isOpen()).isTrue();
            assertThat(pool.snapshot().leased()).isEqualTo(1);
            assertThatThrownBy(() -> kept.echo("stale"))
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("closed or taken back");
            assertThatThrownBy(() -> mine.sync().echo("stale")).isInstanceOf(RedisException.class);
        }
        assertThat(pool.snapshot().leased()).isZero();
    }

    @Test
    void allThreeInterfacesWork() {
        leave(connection -> {
            assertThat(connection.sync().echo("a")).isEqualTo("a");
            assertThat(connection.async().echo("b").toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(5))
                    .isEqualTo("b");
            assertThat(connection.reactive().echo("c").block(Duration.ofSeconds(5)))
                    .isEqualTo("c");
            connection.sync().zadd("scores", 1, "one");
            assertThat(connection.sync().zrangebyscore("scores", Range.unbounded(), Limit.unlimited()))
                    .containsExactly("one");
        });
    }

    @Test
    void aConnectionCanBeAwaitedWithoutAThread() throws Exception {
        StatefulRedisConnection<String, String> held = pool.getConnection();
        CompletableFuture<StatefulRedisConnection<String, String>> asked =
                pool.getConnectionAsync().toCompletableFuture();
        CompletableFuture<StatefulRedisConnection<String, String>> withdrawn =
                pool.getConnectionAsync().toCompletableFuture();
        assertThat(asked).isNotDone();
        withdrawn.cancel(true);
        held.close();
        try (StatefulRedisConnection<String, String> connection = asked.get(5, TimeUnit.SECONDS)) {
            assertThat(connection.sync().echo("async")).isEqualTo("async");
        }
        assertThat(echo("next")).isEqualTo("next");
    }

    @Test
    void whoGetsNoneIsToldTheCounts() {
        pool.close();
        pool = builder()
                .settings(s -> s.min(1).acquireTimeout(Duration.ofMillis(50)))
                .lettuce();
        Awaitility.await().until(() -> pool.snapshot().idle() == 1);
        try (StatefulRedisConnection<String, String> held = pool.getConnection()) {
            assertThat(held.isOpen()).isTrue();
            assertThatThrownBy(pool::getConnection)
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("1 leased")
                    .hasCauseInstanceOf(AcquireException.class);
        }
    }

    @Test
    void aConnectionBloatedByALargeValueIsMeasuredAndRetired() {
        long before = id();
        String large = "x".repeat(3 << 20);
        leave(connection -> {
            connection.sync().set("large", large);
            assertThat(connection.sync().get("large")).hasSize(large.length());
            assertThat(pool.pool().measuredConnections().bytes()).isGreaterThan(large.length());
        });
        assertThat(id()).isNotEqualTo(before);
        assertThat(pool.counts().retiredForBuffers()).isEqualTo(1);
        assertThat(pool.pool().measuredConnections().bytes()).isLessThan(1 << 20);
    }

    @Test
    void anAsynchronousCommandThatOutlastsTheQueryTimeoutIsCutShort() {
        pool.close();
        pool = builder()
                .socketTimeout(Duration.ofSeconds(30))
                .queryTimeout(Duration.ofMillis(200))
                .lettuce();
        leave(connection -> assertThat(connection
                        .async()
                        .dispatch(
                                new NamedCommand("DEBUG"),
                                new StatusOutput<>(StringCodec.UTF8),
                                new CommandArgs<>(StringCodec.UTF8).add("SLEEP").add("2"))
                        .toCompletableFuture())
                .failsWithin(Duration.ofSeconds(2)));
        assertThat(pool.counts().commandsAborted()).isEqualTo(1);
    }

    @Test
    void theEventLoopsEndWithTheLastPool() {
        pool.close();
        ConnectionPoolManager manager = ConnectionPoolManager.create();
        WeirLettuce<String, String> managed =
                builder().name("managed").manager(manager).lettuce();
        try (StatefulRedisConnection<String, String> connection = managed.getConnection()) {
            assertThat(connection.sync().ping()).isEqualTo("PONG");
        }
        assertThat(manager.shutdown(Duration.ofSeconds(5)).isClean()).isTrue();
        managed.close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(thread -> thread.getName().startsWith("lettuce")));
    }

    /** A command that Lettuce has no name for. */
    private record NamedCommand(String word) implements ProtocolKeyword {
        @Override
        public byte[] getBytes() {
            return StringCodec.ASCII.encodeKey(word).array();
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
