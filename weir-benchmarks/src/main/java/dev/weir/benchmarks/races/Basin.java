package dev.weir.benchmarks.races;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.AcquireException;
import dev.weir.pool.Connector;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A small pool to race on, whose workers work at once in the thread that needs them. */
final class Basin implements Connector<Basin.Drop> {

    static final long BYTES = 100;
    private static final Duration FOREVER = Duration.ofHours(1);

    /** A connection. */
    static final class Drop {
        final AtomicInteger holders = new AtomicInteger();
        final AtomicInteger checks = new AtomicInteger();
    }

    final Ticker time;
    final MemoryBudget budget = MemoryBudget.ofBytes(10 * BYTES);
    final PoolEnvironment environment;
    final Pool<Drop> pool;
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    /** A pool of so many connections, all leased or all idle. */
    Basin(Ticker time, int connections, List<Lease<Drop>> leases) {
        this.time = time;
        environment = PoolEnvironment.manual(time, new EventStream(), budget, Runnable::run);
        pool = Pool.open(
                "basin",
                this,
                PoolSettings.shared().toBuilder().min(0).max(connections).build(),
                environment);
        for (int i = 0; i < connections; i++) {
            leases.add(pool.acquire());
        }
    }

    /** One connection, leased, and time that stands still. */
    static Basin ofOne(List<Lease<Drop>> leases) {
        return new Basin(new Tide(0), 1, leases);
    }

    static Basin idle(int connections) {
        List<Lease<Drop>> leases = new ArrayList<>();
        Basin basin = new Basin(new Tide(0), connections, leases);
        leases.forEach(Lease::close);
        return basin;
    }

    /** Leases and keeps; 1: got one, 0: did not, 2: somebody else has it too, 3: asked too long, for nobody woke it. */
    int take(Duration timeout) {
        int taken;
        try {
            taken = hold(pool.acquire(timeout));
        } catch (AcquireException refused) {
            taken = 0;
        }
        return time instanceof Slumber slumber && slumber.wasForgotten() ? 3 : taken;
    }

    /** Leases and keeps, waiting for as long as it takes. */
    int await() {
        return take(FOREVER);
    }

    int take() {
        return take(Duration.ZERO);
    }

    /** What is idle, without waiting for it. */
    @Nullable Lease<Drop> barge() {
        try {
            return pool.acquire(Duration.ZERO);
        } catch (AcquireException none) {
            return null;
        }
    }

    CompletableFuture<Lease<Drop>> ask() {
        return pool.acquireAsync(FOREVER).toCompletableFuture();
    }

    static int hold(Lease<Drop> lease) {
        return lease.connection().holders.incrementAndGet() == 1 ? 1 : 2;
    }

    /** 1: granted, 0: refused, -1: nothing yet. */
    static int came(CompletableFuture<Lease<Drop>> request) {
        if (!request.isDone()) {
            return -1;
        }
        return request.isCompletedExceptionally() ? 0 : hold(request.join());
    }

    int idle() {
        return pool.snapshot().idle();
    }

    @Override
    public Drop connect() {
        opened.incrementAndGet();
        return new Drop();
    }

    @Override
    public boolean check(Drop connection, Duration timeout) {
        connection.checks.incrementAndGet();
        return true;
    }

    @Override
    public void close(Drop connection) {
        ended.incrementAndGet();
    }

    @Override
    public void abort(Drop connection) {
        ended.incrementAndGet();
    }

    @Override
    public String endpoint() {
        return "basin";
    }

    @Override
    public long estimatedBytes() {
        return BYTES;
    }

    /** Time that goes on by a step with each look at it, so that waits run out without waiting. */
    static final class Tide implements Ticker {
        private final AtomicInteger looks = new AtomicInteger();
        private final long step;

        Tide(long step) {
            this.step = step;
        }

        @Override
        public long nanos() {
            if (step == 0) {
                return 0;
            }
            dwell();
            return looks.incrementAndGet() * step;
        }

        /** A look at the clock stands between the steps of a wait: what may happen there is given the time to. */
        static void dwell() {
            for (int i = 0; i < 50; i++) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void park(Object blocker, long nanos) {
            Thread.onSpinWait();
        }
    }
}
