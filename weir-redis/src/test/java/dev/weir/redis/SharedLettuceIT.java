package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.pool.Eviction;
import dev.weir.redis.local.LocalRedis;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedLettuceIT {

    private LocalRedis redis;
    private ConnectionPoolManager manager;
    private SharedLettuce<String, String> shared;

    @BeforeEach
    void start() throws IOException {
        redis = LocalRedis.start();
        manager = ConnectionPoolManager.create(MemoryBudget.ofBytes(1 << 20));
        shared = WeirRedis.builder()
                .node(redis.host(), redis.port())
                .name("shared")
                .manager(manager)
                .socketTimeout(Duration.ofMillis(500))
                .requestQueueSize(100)
                .settings(settings -> settings.acquireTimeout(Duration.ofSeconds(15)))
                .sharedLettuce();
    }

    @AfterEach
    void end() throws IOException {
        shared.close();
        redis.close();
    }

    @Test
    void manyThreadsShareOneConnectionThatIsCountedAndPaidFor() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String tag = "tag" + i;
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 100; n++) {
                        assertThat(shared.connection().sync().echo(tag + n)).isEqualTo(tag + n);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(shared.snapshot().totals().opened()).isEqualTo(1);
        assertThat(shared.snapshot().grantedBytes())
                .isPositive()
                .isEqualTo(manager.budget().grantedBytes());
        assertThat(manager.memoryUsage().pools()).hasSize(1);
    }

    @Test
    void whatEveryOtherUserWouldFeelIsRefused() {
        StatefulRedisConnection<String, String> connection = shared.connection();
        assertThatThrownBy(() -> connection.sync().select(1)).hasMessageContaining("every other user");
        assertThatThrownBy(() -> connection.sync().multi()).hasMessageContaining("every other user");
        assertThatThrownBy(() -> connection.sync().watch("key")).hasMessageContaining("every other user");
        assertThatThrownBy(() -> connection.sync().blpop(1, "key")).hasMessageContaining("every other user");
        assertThatThrownBy(() -> connection.sync().clientSetname("mine")).hasMessageContaining("every other user");
        assertThatThrownBy(() -> connection.setAutoFlushCommands(false)).isInstanceOf(RedisException.class);
        assertThat(connection.isMulti()).isFalse();
        assertThat(connection.sync().clientGetname()).isNull();
        connection.close();
        assertThat(connection.sync().echo("still")).isEqualTo("still");
    }

    @Test
    void theCommandsOnTheirWayAreBounded() throws Exception {
        assertThat(shared.connection().sync().ping()).isEqualTo("PONG");
        redis.freeze();
        List<String> failures = new ArrayList<>();
        try {
            List<CompletableFuture<String>> replies = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                replies.add(shared.connection().async().echo("tag" + i).toCompletableFuture());
            }
            for (CompletableFuture<String> reply : replies) {
                reply.handle((text, failure) -> failures.add(String.valueOf(failure)))
                        .get(5, TimeUnit.SECONDS);
            }
            assertThat(failures)
                    .filteredOn(text -> text.contains("requestQueueSize is exceeded: 100"))
                    .hasSizeBetween(49, 51);
            assertThat(failures).filteredOn(text -> text.contains("timed out")).hasSizeBetween(99, 101);
            assertThat(shared.commandsOut()).isLessThanOrEqualTo(100);
        } finally {
            redis.thaw();
        }
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> shared.commandsOut() == 0);
        assertThat(shared.connection().sync().echo("again")).isEqualTo("again");
    }

    @Test
    void itIsGoodWithinTwoSecondsOfTheServersReturn() throws Exception {
        assertThat(shared.connection().sync().ping()).isEqualTo("PONG");
        redis.kill();
        assertThatThrownBy(() -> shared.connection().sync().echo("gone")).isInstanceOf(RedisException.class);
        redis.startAgain();
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .ignoreExceptions()
                .until(() -> shared.connection().sync().echo("back").equals("back"));
    }

    @Test
    void aConnectionThatWasAbortedIsReplaced() {
        assertThat(shared.connection().sync().ping()).isEqualTo("PONG");
        shared.pool().evict(Eviction.HARD);
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .ignoreExceptions()
                .until(() -> shared.connection().sync().echo("new").equals("new"));
        assertThat(shared.snapshot().totals().opened()).isEqualTo(2);
    }

    @Test
    void aShutdownDoesNotWaitForAConnectionThatIsBeingOpened() throws Exception {
        shared.close();
        redis.freeze();
        try {
            ConnectionPoolManager other = ConnectionPoolManager.create();
            SharedLettuce<String, String> opening = WeirRedis.builder()
                    .node(redis.host(), redis.port())
                    .name("opening")
                    .manager(other)
                    .settings(settings -> settings.failFastAfter(0))
                    .sharedLettuce();
            CompletableFuture<?> asked = CompletableFuture.supplyAsync(opening::connection);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> opening.snapshot().waiting() == 1);
            long before = System.nanoTime();
            other.shutdown(Duration.ofSeconds(2));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
            assertThat(asked).failsWithin(Duration.ofSeconds(1));
        } finally {
            redis.thaw();
        }
    }

    @Test
    void itEndsInTheShutdownWhenItsRepliesAreIn() throws Exception {
        RedisFuture<String> last = shared.connection().async().echo("last");
        assertThat(manager.shutdown(Duration.ofSeconds(5)).isClean()).isTrue();
        assertThat(last.get(5, TimeUnit.SECONDS)).isEqualTo("last");
        assertThatThrownBy(() -> shared.connection())
                .isInstanceOf(RedisException.class)
                .hasMessageContaining("shut down");
    }
}
