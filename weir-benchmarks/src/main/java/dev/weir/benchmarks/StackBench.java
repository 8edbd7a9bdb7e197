package dev.weir.benchmarks;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.Connector;
import dev.weir.pool.LeakStacks;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a lease and its return cost when the borrower's stack is kept: never, by sampling, and always; called from so deep. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class StackBench {

    /** Whose stacks are kept. */
    @Param({"OFF", "SAMPLED", "ALWAYS"})
    public LeakStacks stacks;

    /** Frames between the benchmark and the lease: few for a tool, a hundred for a service in a framework. */
    @Param({"10", "100"})
    public int depth;

    private Pool<Object> pool;

    /** Opens the pool, with one connection. */
    @Setup
    public void open() {
        pool = Pool.open(
                "stacks",
                new Connections(),
                PoolSettings.shared().toBuilder()
                        .min(1)
                        .max(1)
                        .leakStacks(stacks)
                        .build(),
                PoolEnvironment.of(new EventStream(), MemoryBudget.unlimited()));
        pool.acquire().close();
    }

    /** Ends it. */
    @TearDown
    public void close() {
        pool.dispose();
    }

    /** One lease and its return. */
    @Benchmark
    public boolean lease() {
        return leaseBelow(depth);
    }

    private boolean leaseBelow(int frames) {
        if (frames > 0) {
            return leaseBelow(frames - 1);
        }
        try (Lease<Object> lease = pool.acquire()) {
            return lease.isOpen();
        }
    }

    private static final class Connections implements Connector<Object> {
        @Override
        public Object connect() {
            return new Object();
        }

        @Override
        public boolean check(Object connection, Duration timeout) {
            return true;
        }

        @Override
        public void close(Object connection) {}

        @Override
        public void abort(Object connection) {}

        @Override
        public String endpoint() {
            return "stacks";
        }
    }
}
