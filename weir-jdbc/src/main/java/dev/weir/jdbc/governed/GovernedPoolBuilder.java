package dev.weir.jdbc.governed;

import dev.weir.ConnectionPoolManager;

/** How a pool is to be governed. Not thread-safe. */
public final class GovernedPoolBuilder {

    private final ForeignPool pool;
    private String name;
    private long bytesPerConnection = BudgetShare.ESTIMATED_BYTES;
    private long floorBytes;
    private int weight = 1;
    private long ceilingBytes = Long.MAX_VALUE;

    GovernedPoolBuilder(ForeignPool pool) {
        this.pool = pool;
        this.name = pool.name();
    }

    /** What kind of pool it is. */
    public PoolKind kind() {
        return pool.kind();
    }

    /** The name it will have, at first the one that its owner gave it. */
    public String name() {
        return name;
    }

    /** Sets the name in the manager. */
    public GovernedPoolBuilder name(String value) {
        name = value;
        return this;
    }

    /** Sets what each of its connections is taken to cost, in bytes; the default is 64 KiB. */
    public GovernedPoolBuilder bytesPerConnection(long value) {
        bytesPerConnection = value;
        return this;
    }

    /** Sets the bytes of the memory budget set aside for it; those of one connection always are. */
    public GovernedPoolBuilder budgetFloor(long value) {
        floorBytes = value;
        return this;
    }

    /** Sets its part when pools compete for what no floor sets aside, relative to the others; the default is 1. */
    public GovernedPoolBuilder budgetWeight(int value) {
        weight = value;
        return this;
    }

    /** Sets the bytes of the budget that it never asks beyond; the default is none. */
    public GovernedPoolBuilder budgetCeiling(long value) {
        ceilingBytes = value;
        return this;
    }

    /**
     * Puts the pool under a manager, as it is: connections that it has are booked even where the budget has no room for
     * them, and then called back.
     *
     * @param dependsOn pools of the manager that work on this one's connections needs; they are shut down after it
     * @throws IllegalArgumentException if the name is taken, a dependency unknown, the pool closed or a number out of range
     * @throws IllegalStateException after a shutdown, if there are too many pools, or if the budget has no room for the
     *     floor; nothing has changed then
     */
    public GovernedPool govern(ConnectionPoolManager manager, String... dependsOn) {
        BudgetShare share = new BudgetShare(bytesPerConnection, floorBytes, weight, ceilingBytes);
        return GovernedPool.govern(name, pool, manager, share, dependsOn);
    }
}
