package dev.weir.benchmarks;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.Connector;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Weir's engine without JDBC, full of connections that are plain objects.
 *
 * @param pool where to borrow
 */
record Engine(Pool<Object> pool) implements AutoCloseable {

    private static final Connector<Object> PLAIN = new Connector<>() {
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
            return "nowhere";
        }
    };

    static Engine open(int size) {
        PoolSettings settings = PoolSettings.shared().toBuilder()
                .min(size)
                .max(size)
                .maxWaiters(100_000)
                .acquireTimeout(Duration.ofMinutes(1))
                .build();
        Engine engine = new Engine(
                Pool.open("engine", PLAIN, settings, PoolEnvironment.of(new EventStream(), MemoryBudget.unlimited())));
        List<Slot<Object>> all = engine.lease(size);
        engine.giveBack(all);
        return engine;
    }

    List<Slot<Object>> lease(int count) {
        List<Slot<Object>> leased = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            leased.add(pool.lease());
        }
        return leased;
    }

    void giveBack(List<Slot<Object>> leased) {
        leased.forEach(slot -> pool.giveBack(slot, slot.word()));
    }

    @Override
    public void close() {
        pool.refuse();
        pool.failWaiters();
        pool.dispose();
    }
}
