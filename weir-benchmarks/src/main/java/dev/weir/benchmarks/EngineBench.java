package dev.weir.benchmarks;

import dev.weir.pool.Pool;
import dev.weir.pool.Slot;
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

/** A lease and its return on the engine alone, for whoever builds on it: no JDBC, no handle, no reset. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class EngineBench {

    /** Id of the pool; there is only one. */
    @Param("weir")
    public String pool;

    /** Its connections. */
    @Param("32")
    public int size;

    private Engine engine;
    private Pool<Object> slots;

    /** Opens and fills the pool. */
    @Setup
    public void open() {
        engine = Engine.open(size);
        slots = engine.pool();
    }

    /** Closes the pool. */
    @TearDown
    public void close() {
        engine.close();
    }

    /** Borrows and gives back. */
    @Benchmark
    public Slot<Object> lease() {
        Slot<Object> slot = slots.lease();
        slots.giveBack(slot, slot.word());
        return slot;
    }
}
