package dev.weir.benchmarks.tenants;

import dev.weir.pool.Connector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Connections that are plain objects, take a while to open, and are counted over all pools. Thread-safe. */
final class CountedConnector implements Connector<Object> {

    private static final long CONNECT_NANOS = 1_000_000;
    private static final long USE_NANOS = 100_000;

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger lentTwice = new AtomicInteger();
    private final Set<Object> lent = ConcurrentHashMap.newKeySet();
    private final long bytes;

    CountedConnector(long bytes) {
        this.bytes = bytes;
    }

    /** Connections that exist, or are being opened. */
    int open() {
        return open.get();
    }

    /** Connections opened so far. */
    int opened() {
        return opened.get();
    }

    /** What a borrower does: for a while nothing, and its connection is no other's meanwhile. */
    void use(Object connection) {
        if (!lent.add(connection)) {
            lentTwice.incrementAndGet();
        }
        LockSupport.parkNanos(USE_NANOS);
        lent.remove(connection);
    }

    /** How often a connection was lent while somebody had it. */
    int lentTwice() {
        return lentTwice.get();
    }

    @Override
    public Object connect() {
        open.incrementAndGet();
        opened.incrementAndGet();
        LockSupport.parkNanos(CONNECT_NANOS);
        return new Object();
    }

    @Override
    public boolean check(Object connection, Duration timeout) {
        return true;
    }

    @Override
    public void close(Object connection) {
        open.decrementAndGet();
    }

    @Override
    public void abort(Object connection) {
        open.decrementAndGet();
    }

    @Override
    public String endpoint() {
        return "tenants";
    }

    @Override
    public long estimatedBytes() {
        return bytes;
    }
}
