package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.ConnectionPoolManager;
import dev.weir.event.PoolEvent;
import dev.weir.redis.local.LocalRedis;
import dev.weir.socketio.redis.RedisStreams;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Two servers whose Redis goes and comes back. */
class ClusterOutageIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void withoutRedisThisServerGoesOnAndTheOtherCatchesUpWithinBounds() throws IOException {
        Queue<PoolEvent> events = new ConcurrentLinkedQueue<>();
        RedisClient client = RedisClient.create();
        try (LocalRedis redis = LocalRedis.start();
                ConnectionPoolManager manager = ConnectionPoolManager.create();
                RedisStreams one = connect(client, redis);
                RedisStreams two = connect(client, redis);
                SocketIoServer first = SocketIoServer.builder()
                        .name("first")
                        .port(0)
                        .manager(manager)
                        .adapter(one)
                        .connectionStateRecovery(Duration.ofMinutes(1), 1 << 20)
                        .start();
                SocketIoServer second = SocketIoServer.builder()
                        .name("second")
                        .port(0)
                        .adapter(two)
                        .start();
                Peer here = Peer.in(first, "/");
                Peer there = Peer.in(second, "/")) {
            manager.events().subscribe(events::add);
            first.emit("before");
            assertThat(here.next()).contains("before");
            assertThat(there.next()).contains("before");
            redis.kill();
            await().atMost(LONG).until(() -> !one.statistics().online());
            for (int i = 0; i < 20; i++) {
                first.emit("during", i);
                assertThat(here.next()).isEqualTo("42[\"during\"," + i + "]");
            }
            assertThat(one.statistics().backlog()).isEqualTo(5);
            assertThat(one.statistics().dropped()).isEqualTo(15);
            redis.startAgain();
            await().atMost(LONG)
                    .until(() -> one.statistics().online() && two.statistics().online());
            for (int i = 15; i < 20; i++) {
                assertThat(there.next()).isEqualTo("42[\"during\"," + i + "]");
            }
            second.emit("after");
            assertThat(here.next()).contains("after");
            assertThat(there.next()).contains("after");
            assertThat(events)
                    .hasAtLeastOneElementOfType(PoolEvent.AlertRaised.class)
                    .hasAtLeastOneElementOfType(PoolEvent.AlertCleared.class);
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
        }
    }

    @Test
    void aFrozenRedisIsFoundOutAndNobodyHearsTwice() throws IOException {
        RedisClient client = RedisClient.create();
        try (LocalRedis redis = LocalRedis.start();
                RedisStreams one = connect(client, redis);
                RedisStreams two = connect(client, redis);
                SocketIoServer first = SocketIoServer.builder()
                        .port(0)
                        .adapter(one)
                        .connectionStateRecovery(Duration.ofMinutes(1), 1 << 20)
                        .start();
                SocketIoServer second =
                        SocketIoServer.builder().port(0).adapter(two).start();
                Peer here = Peer.in(first, "/");
                Peer there = Peer.in(second, "/")) {
            redis.freeze();
            try {
                first.emit("frozen", 1);
                assertThat(here.next()).isEqualTo("42[\"frozen\",1]");
                await().atMost(LONG).until(() -> !one.statistics().online());
                assertThat(first.main().all().fetchSockets())
                        .failsWithin(LONG)
                        .withThrowableThat()
                        .withCauseInstanceOf(ClusterException.class);
                first.emit("frozen", 2);
                assertThat(here.next()).isEqualTo("42[\"frozen\",2]");
            } finally {
                redis.thaw();
            }
            await().atMost(LONG)
                    .until(() -> one.statistics().online() && two.statistics().online());
            second.emit("after");
            assertThat(here.next()).contains("after");
            List<String> caughtUp = new ArrayList<>();
            do {
                caughtUp.add(there.next());
            } while (!caughtUp.toString().contains("\"frozen\",2")
                    || !caughtUp.toString().contains("after"));
            assertThat(caughtUp).doesNotHaveDuplicates();
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(5));
        }
    }

    private static RedisStreams connect(RedisClient client, LocalRedis redis) {
        return RedisStreams.builder(client, RedisURI.create(redis.url()))
                .maxBacklog(5, 1 << 20)
                .connect();
    }
}
