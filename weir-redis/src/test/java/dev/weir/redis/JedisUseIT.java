package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.event.LeakVerdict;
import dev.weir.event.PoolEvent;
import dev.weir.redis.local.LocalRedis;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/** The API of Jedis on Weir's pool. */
class JedisUseIT {

    private static LocalRedis redis;

    @BeforeAll
    static void start() throws IOException {
        redis = LocalRedis.start();
    }

    @AfterAll
    static void end() throws IOException {
        redis.close();
    }

    private static WeirRedisBuilder builder() {
        return WeirRedis.builder().url(redis.url());
    }

    @Test
    void commandsPipelinesAndTransactionsWork() {
        try (WeirJedis pool = builder().settings(s -> s.max(2)).jedis()) {
            RedisClient client = pool.client();
            client.set("greeting", "hello");
            assertThat(client.get("greeting")).isEqualTo("hello");
            try (Pipeline pipeline = client.pipelined()) {
                Response<String> got = pipeline.get("greeting");
                Response<Long> length = pipeline.strlen("greeting");
                pipeline.sync();
                assertThat(got.get() + length.get()).isEqualTo("hello5");
            }
            try (AbstractTransaction transaction = client.multi()) {
                transaction.incr("count");
                Response<Long> second = transaction.incr("count");
                transaction.exec();
                assertThat(second.get()).isEqualTo(2);
            }
            AbstractTransaction abandoned = client.multi();
            abandoned.incr("count");
            abandoned.close();
            assertThat(client.get("count")).isEqualTo("2");
            assertThat(pool.snapshot().leased()).isZero();
            assertThat(pool.snapshot().totals().closed()).isZero();
        }
    }

    @Test
    void aPipelineClosedTwiceTakesNobodysConnection() {
        try (WeirJedis pool = builder().settings(s -> s.max(1)).jedis()) {
            Pipeline pipeline = pool.client().pipelined();
            pipeline.set("key", "value");
            pipeline.close();
            try (Connection other = pool.getConnection()) {
                pipeline.close();
                assertThat(pool.snapshot().leased()).isEqualTo(1);
                assertThat(other.ping()).isTrue();
            }
        }
    }

    @Test
    void aClientBuiltInJedisOwnWayTakesTheProviderToo() {
        try (UnifiedJedis client =
                RedisClient.builder().connectionProvider(builder().jedis()).build()) {
            client.set("key", "value");
            assertThat(client.get("key")).isEqualTo("value");
        }
    }

    @Test
    void aSubscriptionIsALongLeaseAndNoLeak() throws Exception {
        ConnectionPoolManager manager = ConnectionPoolManager.create();
        Queue<PoolEvent> leaks = new ConcurrentLinkedQueue<>();
        manager.addListener(event -> {
            if (event instanceof PoolEvent.LeakDetected) {
                leaks.add(event);
            }
        });
        WeirJedis pool = builder()
                .name("news")
                .manager(manager)
                .settings(s -> s.max(2).leakThreshold(Duration.ofMillis(50)).reclaimLeaks(true))
                .queryTimeout(Duration.ofMillis(100))
                .jedis();
        RedisClient client = pool.client();
        Queue<String> heard = new ConcurrentLinkedQueue<>();
        CountDownLatch subscribed = new CountDownLatch(1);
        JedisPubSub listener = new JedisPubSub() {
            @Override
            public void onSubscribe(String channel, int channels) {
                subscribed.countDown();
            }

            @Override
            public void onMessage(String channel, String message) {
                heard.add(message);
            }
        };
        Thread subscriber = new Thread(() -> client.subscribe(listener, "news"));
        subscriber.start();
        assertThat(subscribed.await(5, TimeUnit.SECONDS)).isTrue();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !leaks.isEmpty());
        assertThat(leaks)
                .allSatisfy(event ->
                        assertThat(((PoolEvent.LeakDetected) event).verdict()).isEqualTo(LeakVerdict.SLOW));
        client.publish("news", "still here");
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> heard.contains("still here"));
        assertThat(pool.snapshot().totals().leaks()).isZero();
        listener.unsubscribe();
        subscriber.join(5_000);
        assertThat(subscriber.isAlive()).isFalse();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> pool.snapshot().leased() == 0);
        assertThat(pool.counts().retiredDirty()).isEqualTo(1);
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(5));
        assertThat(report.isClean()).isTrue();
    }

    @Test
    void aSubscriberIsFreedByTheShutdown() throws Exception {
        ConnectionPoolManager manager = ConnectionPoolManager.create();
        RedisClient client = builder().name("news").manager(manager).jedis().client();
        CountDownLatch subscribed = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> subscriber = thread.submit(() -> client.subscribe(
                    new JedisPubSub() {
                        @Override
                        public void onSubscribe(String channel, int channels) {
                            subscribed.countDown();
                        }
                    },
                    "news"));
            assertThat(subscribed.await(5, TimeUnit.SECONDS)).isTrue();
            manager.shutdown(Duration.ofSeconds(2));
            assertThatThrownBy(() -> subscriber.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(JedisException.class);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void aBlockingCommandMayWaitAndAnOrdinaryOneMayNot() {
        try (WeirJedis pool = builder()
                .socketTimeout(Duration.ofSeconds(30))
                .queryTimeout(Duration.ofMillis(300))
                .settings(s -> s.max(2))
                .jedis()) {
            RedisClient client = pool.client();
            assertThat(client.blpop(1.5, "nothing")).isNull();
            assertThat(pool.counts().commandsAborted()).isZero();
            assertThatThrownBy(() -> client.executeCommand(new CommandObject<>(
                            new CommandArguments(() -> SafeEncoder.encode("DEBUG"))
                                    .add("SLEEP")
                                    .add("2"),
                            BuilderFactory.RAW_OBJECT)))
                    .isInstanceOf(JedisConnectionException.class);
            assertThat(pool.counts().commandsAborted()).isEqualTo(1);
        }
    }

    @Test
    void everyReplyGoesToWhoAsked() throws Exception {
        try (WeirJedis pool = builder().settings(s -> s.max(4).maxWaiters(64)).jedis()) {
            ExecutorService threads = Executors.newFixedThreadPool(32);
            try {
                ask(threads, pool.client(), 32, 200);
            } finally {
                threads.shutdownNow();
            }
            assertThat(pool.snapshot().totals().opened()).isLessThanOrEqualTo(4);
        }
    }

    @Tag("virtual-threads")
    @Test
    void virtualThreadsAreServedToo() throws Exception {
        Method newVirtual = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
        try (WeirJedis pool =
                builder().settings(s -> s.max(8).maxWaiters(2_000)).jedis()) {
            ExecutorService threads = (ExecutorService) newVirtual.invoke(null);
            try {
                ask(threads, pool.client(), 1_000, 5);
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static void ask(ExecutorService threads, RedisClient client, int askers, int questions) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < askers; i++) {
            int asker = i;
            all.add(threads.submit(() -> {
                for (int n = 0; n < questions; n++) {
                    String tag = asker + ":" + n;
                    assertThat(client.echo(tag)).isEqualTo(tag);
                }
            }));
        }
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void aFullQueueIsToldInJedisWords() {
        try (WeirJedis pool = builder()
                .settings(s -> s.min(1).max(1).acquireTimeout(Duration.ofMillis(50)))
                .jedis()) {
            Awaitility.await().until(() -> pool.snapshot().idle() == 1);
            try (Connection held = pool.getConnection()) {
                assertThat(held.ping()).isTrue();
                assertThatThrownBy(pool::getConnection)
                        .isInstanceOf(JedisException.class)
                        .isNotInstanceOf(JedisConnectionException.class)
                        .hasMessageContaining("1 leased");
            }
        }
    }
}
