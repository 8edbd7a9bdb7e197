package dev.weir.memory;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Weighs what one connection's objects take in this process, for {@link dev.weir.pool.MemoryWatch#driverWeigher()}: what a second
 * connection of the pool reaches too belongs to neither. Thread-safe: weighings take turns.
 */
public final class DriverHeap implements ToLongBiFunction<Object, @Nullable Object> {

    /** A connection with 250 statements of 10 kB has some 20,000 objects. */
    private static final long OBJECTS = 500_000;

    private static final long NANOS = 200_000_000;

    private final ClassPlans plans;

    private DriverHeap(HeapAccess access) {
        this.plans = new ClassPlans(access);
    }

    /** A weigher, or {@code null} where the agent was not started with this process. */
    public static @Nullable DriverHeap ofThisProcess() {
        HeapAccess access = HeapAccess.ofThisProcess();
        return access == null ? null : new DriverHeap(access);
    }

    @Override
    public synchronized long applyAsLong(Object connection, @Nullable Object sibling) {
        OwnershipWalk walk = new OwnershipWalk(plans);
        Allowance allowance = new Allowance(OBJECTS, ThreadTime.nanos() + NANOS);
        if (sibling != null) {
            walk(walk, sibling, allowance);
        }
        Tally own = walk(walk, connection, allowance);
        return own.cutShort || allowance.exhausted() ? -1 : own.exclusive + own.inFlight;
    }

    private static Tally walk(OwnershipWalk walk, Object connection, Allowance allowance) {
        Predicate<Object> pool = object -> TypeNames.is(object.getClass(), "dev.weir.pool.Pool")
                || TypeNames.is(object.getClass(), "dev.weir.pool.Slot");
        return walk.walk(List.of(connection), type -> false, pool, allowance);
    }
}
