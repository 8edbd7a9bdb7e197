package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ScriptedConnector.Connection;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A network that forgets connections without a word: their checks hang. Time moves by hand, workers are threads. */
class StuckChecksTest {

    private static final Duration PATIENCE = Duration.ofNanos(StuckChecks.PATIENCE);
    private static final Duration SECOND_LOOK = Duration.ofNanos(StuckChecks.SECOND_LOOK);

    private final ManualTicker time = new ManualTicker();
    private final EventStream events = new EventStream();
    private final PoolEnvironment environment =
            PoolEnvironment.manual(time, events, MemoryBudget.unlimited(), work -> new Thread(work, "worker").start());
    private final ScriptedConnector connector = new ScriptedConnector();
    private final CountDownLatch returned = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final ConcurrentLinkedQueue<CloseReason> gone = new ConcurrentLinkedQueue<>();

    /** Opens a pool of so many idle connections, all of which have to be checked before they are lent. */
    private Pool<Connection> rested(int idle, int max) {
        events.subscribe(event -> {
            if (event instanceof PoolEvent.ConnectionRetired retired) {
                gone.add(retired.reason());
            }
        });
        Pool<Connection> pool = Pool.open(
                "test",
                connector,
                PoolSettings.shared().toBuilder()
                        .min(0)
                        .max(max)
                        .checkAfterRest(Duration.ofMillis(500))
                        .checkTimeout(Duration.ofSeconds(2))
                        .build(),
                environment);
        List<Lease<Connection>> leases = new ArrayList<>();
        for (int i = 0; i < idle; i++) {
            leases.add(pool.acquire());
        }
        leases.forEach(Lease::close);
        environment.tick();
        pass(Duration.ofSeconds(1));
        return pool;
    }

    private void pass(Duration step) {
        time.advance(step);
        environment.tick();
    }

    private Callable<Boolean> hang(boolean answer) {
        return () -> {
            hanging.incrementAndGet();
            returned.await(60, TimeUnit.SECONDS);
            return answer;
        };
    }

    private void theNextChecksHang(int checks, boolean answer) {
        for (int i = 0; i < checks; i++) {
            connector.checks.add(hang(answer));
        }
    }

    private CompletableFuture<Lease<Connection>> request(Pool<Connection> pool) {
        return pool.acquireAsync(Duration.ofMinutes(1)).toCompletableFuture();
    }

    private void untilHanging(int checks) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(hanging).hasValue(checks));
    }

    @AfterEach
    void letGo() {
        returned.countDown();
    }

    @Test
    void aNewConnectionServesWhereTheOldOneDoesNotAnswer() throws Exception {
        Pool<Connection> pool = rested(1, 2);
        theNextChecksHang(1, false);
        CompletableFuture<Lease<Connection>> request = request(pool);
        untilHanging(1);
        pass(PATIENCE.minusNanos(1));
        assertThat(pool.snapshot().size()).isOne();
        pass(Duration.ofNanos(1));
        assertThat(request.get(30, TimeUnit.SECONDS).connection().number).isEqualTo(2);
        assertThat(gone).as("nobody waits for it: its check may take its time").isEmpty();
    }

    @Test
    void whatBeganLaterAndWasAnsweredProvesThatTheOthersAreDead() throws Exception {
        Pool<Connection> pool = rested(4, 4);
        theNextChecksHang(4, false);
        List<CompletableFuture<Lease<Connection>>> requests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            requests.add(request(pool));
        }
        untilHanging(4);
        pass(PATIENCE);
        assertThat(gone).as("its answer may be on its way").isEmpty();
        pass(SECOND_LOOK);
        // One makes room for a connect, which works, and proves what the others are.
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            environment.tick();
            assertThat(requests).allMatch(CompletableFuture::isDone);
        });
        for (CompletableFuture<Lease<Connection>> each : requests) {
            assertThat(each.get().connection().number).isGreaterThan(4);
        }
        assertThat(gone).containsExactly(CloseReason.UNFIT, CloseReason.UNFIT, CloseReason.UNFIT, CloseReason.UNFIT);
        assertThat(pool.snapshot().size()).isEqualTo(4);
    }

    @Test
    void aServerThatStandsStillCostsOneConnectionAndNoMore() {
        Pool<Connection> pool = rested(4, 4);
        theNextChecksHang(4, true);
        AtomicInteger connecting = new AtomicInteger();
        connector.connects.add(() -> {
            connecting.incrementAndGet();
            returned.await(60, TimeUnit.SECONDS);
            return connector.make();
        });
        List<CompletableFuture<Lease<Connection>>> requests = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            requests.add(request(pool));
        }
        untilHanging(4);
        pass(PATIENCE);
        pass(SECOND_LOOK);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(connecting).hasValue(1));
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMillis(100));
        }
        assertThat(gone).containsExactly(CloseReason.UNFIT);
        assertThat(connecting).hasValue(1);
        returned.countDown();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(requests).allMatch(CompletableFuture::isDone));
        assertThat(pool.snapshot().size()).isEqualTo(4);
        assertThat(pool.checks().stuck().overtaken()).isZero();
    }

    @Test
    void whereChecksTakeLongTheyGetLonger() throws Exception {
        Pool<Connection> pool = rested(1, 1);
        AtomicInteger asked = new AtomicInteger();
        connector.checks.add(() -> {
            time.advance(Duration.ofMillis(40));
            asked.incrementAndGet();
            return true;
        });
        request(pool).get(30, TimeUnit.SECONDS).close();
        assertThat(asked).hasValue(1);
        assertThat(pool.checks().stuck().patience())
                .isEqualTo(Duration.ofMillis(320).toNanos());
    }

    @Test
    void withoutARequestNothingIsOvertaken() {
        Pool<Connection> pool = rested(2, 2);
        theNextChecksHang(2, true);
        CompletableFuture<Lease<Connection>> request = request(pool);
        untilHanging(1);
        request.cancel(false);
        pass(Duration.ofSeconds(1));
        assertThat(pool.checks().stuck().overtaken()).isZero();
        assertThat(gone).isEmpty();
    }

    @Test
    void aConnectionThatIsBeingWeighedIsNotGivenUp() throws Exception {
        Pool<Connection> pool = rested(1, 1);
        long patience = pool.checks().stuck().patience();
        connector.serverBytes = connection -> {
            hanging.incrementAndGet();
            try {
                returned.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
            }
            return 1;
        };
        pool.watchMemory(MemoryWatch.builder().build());
        environment.tick();
        untilHanging(1);
        CompletableFuture<Lease<Connection>> request = request(pool);
        pass(PATIENCE);
        pass(SECOND_LOOK);
        pass(Duration.ofSeconds(1));
        assertThat(gone).isEmpty();
        returned.countDown();
        assertThat(request.get(30, TimeUnit.SECONDS).connection().number).isOne();
        assertThat(pool.checks().stuck().patience())
                .as("how long it took says nothing of checks")
                .isEqualTo(patience);
    }
}
