package dev.weir.metrics;

import java.util.List;

/** One pool, for JMX. Times are in milliseconds. Holds no credentials. */
public interface PoolMXBean {
    /** Its name. */
    String getName();

    /** Connections kept open. */
    int getMin();

    /** Connections never exceeded. */
    int getMax();

    /** The size it allows itself now. */
    int getTarget();

    /** Connections being opened. */
    int getOpening();

    /** Connections free to be lent. */
    int getIdle();

    /** Connections lent. */
    int getLeased();

    /** Connections being closed. */
    int getClosing();

    /** Requests in the queue. */
    int getWaiting();

    /** How long the first of them has waited. */
    double getOldestWaitMillis();

    /** The wait that 99 % of all leases so far did not exceed. */
    double getWaitMillis99();

    /** Connections lent so far. */
    long getLeases();

    /** Leases that had to wait. */
    long getWaits();

    /** Requests turned away because of the queue. */
    long getRejections();

    /** Requests that waited their whole timeout. */
    long getTimeouts();

    /** Connections opened. */
    long getOpened();

    /** Connections ended. */
    long getClosed();

    /** Attempts to connect that failed. */
    long getConnectFailures();

    /** Leases reported as leaked. */
    long getLeaks();

    /** Bytes of the memory budget that it holds. */
    long getGrantedBytes();

    /** Whether new requests are held back. */
    boolean isSuspended();

    /** {@code UP}, {@code DEGRADED}, {@code SATURATED} or {@code UNREACHABLE}. */
    String getHealth();

    /** Why it is not {@code UP}. */
    List<String> getHealthReasons();

    /**
     * Replaces all connections: idle ones are closed now, lent ones when they come back. Nobody loses one he works with.
     *
     * @throws UnsupportedOperationException if the pool cannot
     */
    void evictSoftly();
}
