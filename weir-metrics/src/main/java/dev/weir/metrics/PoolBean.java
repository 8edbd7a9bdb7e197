package dev.weir.metrics;

import dev.weir.pool.Eviction;
import java.util.List;

/** Answers from snapshots, so that a look at every attribute is one look at the pool. */
final class PoolBean implements PoolMXBean {

    private static final double NANOS_PER_MILLI = 1e6;

    private final PoolReading reading;

    PoolBean(PoolReading reading) {
        this.reading = reading;
    }

    @Override
    public String getName() {
        return reading.pool().name();
    }

    @Override
    public int getMin() {
        return reading.snapshot().min();
    }

    @Override
    public int getMax() {
        return reading.snapshot().max();
    }

    @Override
    public int getTarget() {
        return reading.snapshot().target();
    }

    @Override
    public int getOpening() {
        return reading.snapshot().opening();
    }

    @Override
    public int getIdle() {
        return reading.snapshot().idle();
    }

    @Override
    public int getLeased() {
        return reading.snapshot().leased();
    }

    @Override
    public int getClosing() {
        return reading.snapshot().closing();
    }

    @Override
    public int getWaiting() {
        return reading.snapshot().waiting();
    }

    @Override
    public double getOldestWaitMillis() {
        return reading.snapshot().oldestWait().toNanos() / NANOS_PER_MILLI;
    }

    @Override
    public double getWaitMillis99() {
        return reading.snapshot().waits().quantileNanos(0.99) / NANOS_PER_MILLI;
    }

    @Override
    public long getLeases() {
        return reading.totals().leases();
    }

    @Override
    public long getWaits() {
        return reading.totals().waited();
    }

    @Override
    public long getRejections() {
        return reading.totals().rejected();
    }

    @Override
    public long getTimeouts() {
        return reading.totals().timedOut();
    }

    @Override
    public long getOpened() {
        return reading.totals().opened();
    }

    @Override
    public long getClosed() {
        return reading.totals().closed();
    }

    @Override
    public long getConnectFailures() {
        return reading.totals().connectFailures();
    }

    @Override
    public long getLeaks() {
        return reading.totals().leaks();
    }

    @Override
    public long getGrantedBytes() {
        return reading.snapshot().grantedBytes();
    }

    @Override
    public boolean isSuspended() {
        return reading.snapshot().suspended();
    }

    @Override
    public String getHealth() {
        return reading.health().status().name();
    }

    @Override
    public List<String> getHealthReasons() {
        return reading.health().reasons();
    }

    @Override
    public void evictSoftly() {
        reading.pool().evict(Eviction.SOFT);
    }
}
