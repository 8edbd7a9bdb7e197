package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.pool.ScriptedConnector.Connection;
import dev.weir.time.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A pool under random moves, and what must hold whatever they are. For one thread. */
final class PoolLife implements AutoCloseable {

    /** How fast the workers are. */
    enum Pace {
        AT_ONCE,
        LAGGING
    }

    private record Request(CompletableFuture<Lease<Connection>> future, long deadline) {}

    private final Random random;
    private final Pace pace;
    private final ManualTicker time;
    private final MemoryBudget budget;
    private final StepWorkers workers;
    private final PoolEnvironment environment;
    private final ScriptedConnector connector = new ScriptedConnector();
    private final Pool<Connection> pool;

    private final List<Lease<Connection>> held = new ArrayList<>();
    private final List<Lease<Connection>> over = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final Map<Integer, Long> epochs = new HashMap<>();
    private int sizeBefore;
    private boolean hardEvicted;

    PoolLife(Random random, Pace pace) {
        this.random = random;
        this.pace = pace;
        this.time = new ManualTicker();
        this.budget = MemoryBudget.ofBytes(100L * (2 + random.nextInt(9)));
        this.workers = new StepWorkers();
        this.environment =
                PoolEnvironment.manual(time, new EventStream(), budget, pace == Pace.AT_ONCE ? Runnable::run : workers);
        this.pool = Pool.open("life", connector, settings(), environment);
        this.sizeBefore = pool.connectionsLeft();
    }

    private PoolLife(PoolLife first) {
        this.random = first.random;
        this.pace = first.pace;
        this.time = first.time;
        this.budget = first.budget;
        this.workers = first.workers;
        this.environment = first.environment;
        this.pool = Pool.open("neighbour", connector, settings(), environment);
        this.sizeBefore = pool.connectionsLeft();
    }

    /** Another pool on the same budget and endpoint, with the same workers and time. */
    PoolLife neighbour() {
        return new PoolLife(this);
    }

    private PoolSettings settings() {
        int max = 1 + random.nextInt(6);
        return PoolSettings.shared().toBuilder()
                .min(random.nextInt(Math.min(max, 2) + 1))
                .max(max)
                .maxWaiters(1 + random.nextInt(8))
                .queuePolicy(any(QueuePolicy.values()))
                .scaling(any(Scaling.values()))
                .connectsAtOnce(1 + random.nextInt(4))
                .failFastAfter(random.nextInt(4))
                .leakThreshold(Duration.ZERO)
                .build();
    }

    private <T> T any(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    void move() {
        // What the neighbour's moves brought.
        collect();
        switch (random.nextInt(26)) {
            case 0, 1, 2, 3 -> tryAcquire();
            case 4, 5, 6 -> ask();
            case 7, 8, 9, 10 -> giveBack();
            case 11 -> useWhatIsOver();
            case 12 -> retire();
            case 13 -> resize();
            case 14 -> evict();
            case 15 -> {
                if (random.nextInt(4) == 0) {
                    pool.suspend();
                }
            }
            case 16, 17 -> pool.resume();
            case 18, 19, 20 -> pass();
            case 21 -> failNextConnect();
            case 22 -> connector.checks.add(() -> random.nextInt(3) > 0);
            case 23 -> pool.endpointSuspect(null);
            case 24 -> cancel();
            default -> pool.supply().reclaimOne();
        }
        for (int i = random.nextInt(4); i > 0 && workers.step(); i--) {
            collect();
        }
        collect();
    }

    private void tryAcquire() {
        try {
            hold(pool.acquire(Duration.ZERO));
        } catch (AcquireException refused) {
            assertThat(refused.reason()).isNotEqualTo(AcquireException.Reason.SHUT_DOWN);
        }
    }

    private void ask() {
        Duration timeout = Duration.ofMillis(random.nextInt(3000));
        requests.add(new Request(pool.acquireAsync(timeout).toCompletableFuture(), time.nanos() + timeout.toNanos()));
    }

    private void cancel() {
        if (!requests.isEmpty()) {
            requests.remove(random.nextInt(requests.size())).future.cancel(false);
        }
    }

    private void giveBack() {
        if (!held.isEmpty()) {
            Lease<Connection> lease = held.remove(random.nextInt(held.size()));
            lease.connection().holders.decrementAndGet();
            lease.close();
            over.add(lease);
        }
    }

    private void retire() {
        if (!held.isEmpty()) {
            Lease<Connection> lease = held.remove(random.nextInt(held.size()));
            lease.connection().holders.decrementAndGet();
            lease.retire(random.nextBoolean() ? CloseReason.BROKEN : CloseReason.DIRTY);
            over.add(lease);
        }
    }

    /** A stale lease changes nothing. */
    private void useWhatIsOver() {
        if (over.isEmpty()) {
            return;
        }
        Lease<Connection> stale = over.get(random.nextInt(over.size()));
        Map<Integer, Long> before = words();
        int queued = workers.pending();
        stale.close();
        stale.retire(CloseReason.BROKEN);
        assertThat(stale.isOpen()).isFalse();
        assertThat(words()).isEqualTo(before);
        assertThat(workers.pending()).isEqualTo(queued);
    }

    private Map<Integer, Long> words() {
        Map<Integer, Long> words = new HashMap<>();
        for (Slot<Connection> slot : pool.slots()) {
            words.put(slot.index(), slot.current());
        }
        return words;
    }

    private void resize() {
        int max = 1 + random.nextInt(6);
        pool.resize(random.nextInt(Math.min(max, 2) + 1), max);
    }

    private void evict() {
        boolean hard = random.nextInt(3) == 0;
        hardEvicted |= hard;
        pool.evict(hard ? Eviction.HARD : Eviction.SOFT);
    }

    private void pass() {
        time.advance(Duration.ofMillis(
                switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(50);
                    case 1 -> random.nextInt(1000);
                    case 2 -> random.nextInt(10_000);
                    default -> random.nextInt(200_000);
                }));
        environment.tick();
    }

    private void failNextConnect() {
        connector.failureKind = any(ConnectFailure.values());
        connector.connects.add(() -> {
            throw new IOException("scripted");
        });
    }

    private void hold(Lease<Connection> lease) {
        Connection connection = lease.connection();
        assertThat(connection.holders.incrementAndGet())
                .as("holders of one connection")
                .isEqualTo(1);
        assertThat(connection.ended).hasValue(0);
        held.add(lease);
    }

    private void collect() {
        requests.removeIf(request -> {
            if (!request.future.isDone()) {
                return false;
            }
            if (!request.future.isCompletedExceptionally()) {
                hold(request.future.join());
            }
            return true;
        });
    }

    /** What holds between any two moves. */
    void checkAlways() {
        long granted = 0;
        int notVacant = 0;
        Set<Connection> inSlots = new HashSet<>();
        for (Slot<Connection> slot : pool.slots()) {
            long word = slot.current();
            Long before = epochs.put(slot.index(), Slot.epochOf(word));
            assertThat(Slot.epochOf(word)).as("epochs only grow").isGreaterThanOrEqualTo(before == null ? 0 : before);
            Connection connection = slot.settled();
            if (Slot.stateOf(word) == Slot.VACANT) {
                assertThat(slot.granted).isZero();
                assertThat(connection).isNull();
            } else {
                notVacant++;
                granted += slot.granted;
            }
            if (connection != null) {
                assertThat(inSlots.add(connection))
                        .as("a connection is in one slot")
                        .isTrue();
            }
            boolean worked = Slot.stateOf(word) == Slot.OPENING
                    || Slot.stateOf(word) == Slot.CHECKING
                    || Slot.stateOf(word) == Slot.CLOSING;
            assertThat(slot.task != null)
                    .as("a worker's slot, and no other, has a task")
                    .isEqualTo(worked);
        }
        assertThat(pool.account().grantedBytes()).isEqualTo(granted);
        assertThat(budget.grantedBytes()).isLessThanOrEqualTo(budget.limitBytes());
        assertThat(pool.supply().counts().size()).isEqualTo(notVacant);
        assertThat(notVacant).isLessThanOrEqualTo(Math.max(pool.settings().max(), sizeBefore));
        sizeBefore = notVacant;
        assertThat(connector.endedTwice).as("connections closed twice").hasValue(0);
        assertThat(inSlots).as("nothing open is lost").containsAll(connector.open);
        for (Lease<Connection> lease : held) {
            assertThat(lease.isOpen()).isTrue();
            assertThat(hardEvicted || connector.open.contains(lease.connection()))
                    .as("leased and open")
                    .isTrue();
        }
        assertThat(over).noneMatch(Lease::isOpen);
    }

    /** What holds when no worker has anything to do. */
    void checkAtRest() {
        assertThat(workers.pending()).isZero();
        PoolSnapshot now = pool.snapshot();
        assertThat(now.leased()).isEqualTo(held.size());
        assertThat(now.opening() + now.closing()).isZero();
        assertThat(now.waiting()).isEqualTo(requests.size());
        if (!now.suspended()) {
            assertThat(now.idle() > 0 && now.waiting() > 0)
                    .as("idle and waiters: " + now.counts())
                    .isFalse();
        }
        assertThat((pool.gate() & Pool.OWED) != 0)
                .as("owed exactly while somebody waits")
                .isEqualTo(now.waiting() > 0);
    }

    void comeToRest() {
        workers.finish();
        collect();
    }

    void letEveryDeadlinePass() {
        time.advance(Duration.ofSeconds(3));
        environment.tick();
        collect();
    }

    int openRequests() {
        return requests.size();
    }

    /** The end: whatever was going on, nothing is left. */
    @Override
    public void close() {
        pool.refuse();
        pool.failWaiters();
        collect();
        assertThat(requests).as("waiters of a pool that is shut").isEmpty();
        if (random.nextBoolean()) {
            comeToRest();
            while (!held.isEmpty()) {
                giveBack();
            }
            comeToRest();
            assertThat(pool.connectionsLeft()).isZero();
        } else if (random.nextBoolean()) {
            pool.abortLeased();
        }
        pool.dispose();
        assertThat(pool.connectionsLeft()).isZero();
        assertThat(pool.account().grantedBytes()).isZero();
        workers.finish();
        assertThat(pool.connectionsLeft()).isZero();
        assertThat(connector.open).as("connections left open").isEmpty();
        assertThat(connector.endedTwice).hasValue(0);
        for (Lease<Connection> lease : held) {
            lease.close();
            assertThat(lease.isOpen()).isFalse();
        }
    }
}
