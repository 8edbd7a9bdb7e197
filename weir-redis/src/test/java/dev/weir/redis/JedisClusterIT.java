package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.pool.PoolSnapshot;
import dev.weir.redis.local.LocalRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.ClusterPipeline;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A cluster of three real nodes. */
class JedisClusterIT {

    private static final int SLOTS = 16_384;
    private static final List<LocalRedis> NODES = new ArrayList<>();

    private ConnectionPoolManager manager;
    private WeirJedisCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        for (int i = 0; i < 3; i++) {
            NODES.add(LocalRedis.builder()
                    .set("cluster-enabled", "yes")
                    .set("cluster-node-timeout", "2000")
                    .set("cluster-require-full-coverage", "no")
                    .start());
        }
        for (int i = 0; i < 3; i++) {
            try (Jedis node = jedis(i)) {
                int from = SLOTS * i / 3;
                int to = SLOTS * (i + 1) / 3;
                node.clusterAddSlots(IntStream.range(from, to).toArray());
                node.clusterMeet(NODES.get(0).host(), NODES.get(0).port());
            }
        }
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            for (int i = 0; i < 3; i++) {
                try (Jedis node = jedis(i)) {
                    if (!node.clusterInfo().contains("cluster_state:ok")
                            || !node.clusterInfo().contains("cluster_known_nodes:3")) {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    @AfterAll
    static void end() throws IOException {
        for (LocalRedis node : NODES) {
            node.close();
        }
    }

    private static Jedis jedis(int node) {
        return new Jedis(NODES.get(node).host(), NODES.get(node).port());
    }

    @BeforeEach
    void open() {
        manager = ConnectionPoolManager.create(MemoryBudget.ofBytes(10 << 20));
        cluster = WeirRedis.builder()
                .name("carts")
                .node(NODES.get(0).host(), NODES.get(0).port())
                .manager(manager)
                .socketTimeout(Duration.ofSeconds(1))
                .settings(settings -> settings.min(0)
                        .max(2)
                        .acquireTimeout(Duration.ofSeconds(2))
                        .budgetFloor(1 << 20)
                        .budgetCeiling(2 << 20))
                .jedisCluster();
    }

    @AfterEach
    void close() {
        manager.shutdown(Duration.ofSeconds(5));
        cluster.close();
    }

    @Test
    void keysOfAllNodesAreServedFromAPoolForEach() {
        RedisClusterClient client = cluster.client();
        for (int i = 0; i < 100; i++) {
            client.set("key" + i, "value" + i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(client.get("key" + i)).isEqualTo("value" + i);
        }
        assertThat(cluster.snapshots()).hasSize(3).allSatisfy(pool -> {
            assertThat(pool.pool()).startsWith("carts@127.0.0.1:");
            assertThat(pool.leased()).isZero();
            assertThat(pool.totals().leases()).isPositive();
        });
        assertThat(manager.pools()).hasSize(3);
        assertThat(client.broadcastCommand(
                        new CommandObject<>(new CommandArguments(Protocol.Command.PING), BuilderFactory.STRING)))
                .isEqualTo("PONG");
    }

    @Test
    void theNodesShareOneAccount() {
        RedisClusterClient client = cluster.client();
        for (int i = 0; i < 50; i++) {
            client.set("key" + i, "value");
        }
        assertThat(manager.budget().accounts()).singleElement().satisfies(account -> {
            assertThat(account.name()).isEqualTo("carts");
            assertThat(account.floorBytes()).isEqualTo(1 << 20);
            assertThat(account.grantedBytes())
                    .isEqualTo(cluster.snapshots().stream()
                            .mapToLong(PoolSnapshot::grantedBytes)
                            .max()
                            .orElseThrow());
        });
        cluster.close();
        assertThat(manager.budget().accounts()).isEmpty();
        assertThat(manager.pools()).isEmpty();
    }

    @Test
    void pipelinesReachTheNodesTheyNeed() {
        RedisClusterClient client = cluster.client();
        List<Response<String>> replies = new ArrayList<>();
        try (ClusterPipeline pipeline = client.pipelined()) {
            for (int i = 0; i < 100; i++) {
                pipeline.set("piped" + i, "value" + i);
                replies.add(pipeline.get("piped" + i));
            }
            pipeline.sync();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(replies.get(i).get()).isEqualTo("value" + i);
        }
        assertThat(cluster.snapshots())
                .allSatisfy(pool -> assertThat(pool.leased()).isZero());
    }

    @Test
    void aMovedSlotIsFollowed() {
        RedisClusterClient client = cluster.client();
        String key = "moving";
        int slot = JedisClusterCRC16.getSlot(key);
        client.set(key, "gone with its slot");
        int owner = nodeOf(slot);
        int next = (owner + 1) % 3;
        move(slot, owner, next);
        try {
            client.set(key, "here now");
            assertThat(client.get(key)).isEqualTo("here now");
            HostAndPort found = cluster.getNode(slot);
            assertThat(found.getPort()).isEqualTo(NODES.get(next).port());
        } finally {
            client.del(key);
            move(slot, next, owner);
        }
    }

    private static void move(int slot, int from, int to) {
        try (Jedis target = jedis(to);
                Jedis source = jedis(from)) {
            String id = target.clusterMyId();
            source.flushAll();
            target.clusterSetSlotNode(slot, id);
            source.clusterSetSlotNode(slot, id);
            int third = 3 - from - to;
            try (Jedis other = jedis(third)) {
                other.clusterSetSlotNode(slot, id);
            }
        }
    }

    @Test
    void readsFromReplicasAreUndone() {
        try (Connection connection = cluster.getConnectionFromSlot(0)) {
            connection.sendCommand(Protocol.Command.READONLY);
            connection.getStatusCodeReply();
        }
        assertThat(cluster.counts().sessionsUndone()).isEqualTo(1);
        assertThat(cluster.counts().retiredDirty()).isZero();
    }

    @Test
    void everyReplyGoesToWhoAsked() throws Exception {
        RedisClusterClient client = cluster.client();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int asker = i;
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 100; n++) {
                        String tag = asker + ":" + n;
                        client.set("tag" + tag, tag);
                        assertThat(client.get("tag" + tag)).isEqualTo(tag);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(cluster.snapshots())
                .allSatisfy(pool -> assertThat(pool.size()).isLessThanOrEqualTo(2));
    }

    @Test
    void aCommandAcrossSlotsIsRefused() {
        assertThatThrownBy(() -> cluster.getConnection(
                        new CommandArguments(Protocol.Command.MGET).key("a").key("b")))
                .isInstanceOf(JedisClusterOperationException.class)
                .hasMessageContaining("several slots");
    }

    @Test
    void aKilledNodeCostsItsOwnKeysOnlyAndComesBack() throws Exception {
        RedisClusterClient client = cluster.client();
        String[] keys = new String[3];
        for (int i = 0; keys[0] == null || keys[1] == null || keys[2] == null; i++) {
            int node = nodeOf(JedisClusterCRC16.getSlot("k" + i));
            keys[node] = "k" + i;
        }
        for (String key : keys) {
            client.set(key, key);
        }
        NODES.get(1).kill();
        long before = System.nanoTime();
        assertThatThrownBy(() -> client.get(keys[1])).isInstanceOf(JedisException.class);
        // Jedis' executor tries again for as long as five socket timeouts.
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(15));
        assertThat(client.get(keys[0])).isEqualTo(keys[0]);
        assertThat(client.get(keys[2])).isEqualTo(keys[2]);
        NODES.get(1).startAgain();
        Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptions().untilAsserted(() -> {
            client.set(keys[1], "back");
            assertThat(client.get(keys[1])).isEqualTo("back");
        });
    }

    private static int nodeOf(int slot) {
        int node = 0;
        while (slot >= SLOTS * (node + 1) / 3) {
            node++;
        }
        return node;
    }

    @Test
    void aClusterOfWhichNobodyAnswersIsNotOpened() throws Exception {
        LocalRedis gone = LocalRedis.start();
        gone.close();
        assertThatThrownBy(
                        () -> WeirRedis.builder().node(gone.host(), gone.port()).jedisCluster())
                .isInstanceOf(StartFailedException.class)
                .hasMessageContaining(gone.host());
    }
}
