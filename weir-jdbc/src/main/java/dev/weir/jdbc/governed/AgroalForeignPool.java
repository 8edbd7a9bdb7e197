package dev.weir.jdbc.governed;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalDataSourceMetrics;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Agroal. It counts only while its metrics are on, so they are switched on; what was lent before that is known once it came
 * back. A new maximum holds at once, also for what comes back.
 */
final class AgroalForeignPool implements ForeignPool {

    private static final long LONGEST_FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AgroalDataSource dataSource;
    private final AgroalConnectionPoolConfiguration settings;
    /** What its count of leased connections is when there are none: it never counted those lent before it began. */
    private final AtomicLong none = new AtomicLong();

    private volatile boolean closed;

    // What its owner or a resize set, while an eviction sets something else. Guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private boolean evicting;
    private int min;

    private AgroalForeignPool(AgroalDataSource dataSource) {
        this.dataSource = dataSource;
        this.settings = dataSource.getConfiguration().connectionPoolConfiguration();
    }

    static ForeignPool of(Object given) {
        AgroalDataSource dataSource = (AgroalDataSource) given;
        if (!dataSource.getConfiguration().metricsEnabled()) {
            dataSource.getConfiguration().setMetricsEnabled(true);
        }
        return new AgroalForeignPool(dataSource);
    }

    @Override
    public PoolKind kind() {
        return PoolKind.AGROAL;
    }

    @Override
    public String name() {
        return kind().title();
    }

    @Override
    public Use use() {
        AgroalDataSourceMetrics metrics = dataSource.getMetrics();
        long active = metrics.activeCount();
        long size = metrics.availableCount() + active;
        long leased = active - none.accumulateAndGet(active, Math::min);
        return new Use(
                (int) size,
                (int) Math.min(size, leased),
                (int) metrics.awaitingCount(),
                new Totals(
                        metrics.acquireCount(),
                        metrics.creationCount(),
                        metrics.destroyCount(),
                        metrics.leakDetectionCount()));
    }

    @Override
    public Terms terms() {
        lock.lock();
        try {
            return new Terms(
                    evicting ? min : settings.minSize(),
                    settings.maxSize(),
                    settings.acquisitionTimeout(),
                    settings.reapTimeout(),
                    settings.maxLifetime(),
                    settings.leakTimeout());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean resizable() {
        return true;
    }

    /** In an order that never has the minimum above the maximum, which it refuses. */
    @Override
    public void resize(int newMin, int newMax) {
        lock.lock();
        try {
            evicting = false;
            if (newMin <= settings.maxSize()) {
                settings.setMinSize(newMin);
                settings.setMaxSize(newMax);
            } else {
                settings.setMaxSize(newMax);
                settings.setMinSize(newMin);
            }
        } finally {
            lock.unlock();
        }
    }

    /** It flushes idle ones down to its minimum, on a thread of its own; so that is set to the size wanted for as long. */
    @Override
    public void evictIdle(int connections) {
        int target;
        lock.lock();
        try {
            target = Math.min(settings.maxSize(), Math.max(0, use().size() - connections));
            min = settings.minSize();
            evicting = true;
            settings.setMinSize(target);
        } finally {
            lock.unlock();
        }
        dataSource.flush(FlushMode.IDLE);
        long end = System.nanoTime() + LONGEST_FLUSH_NANOS;
        while (use().size() > target && use().idle() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        lock.lock();
        try {
            // Else it was resized meanwhile.
            if (evicting) {
                evicting = false;
                settings.setMinSize(min);
            }
        } finally {
            lock.unlock();
        }
    }

    /** It cannot refuse, and a close destroys what is leased: it shrinks to one, and what comes back is closed. */
    @Override
    public void refuse() {
        resize(0, 1);
        settings.setAcquisitionTimeout(Duration.ofMillis(1));
        dataSource.flush(FlushMode.GRACEFUL);
    }

    /** Closing it destroys what is leased. */
    @Override
    public void abort() {
        close();
    }

    @Override
    public void close() {
        dataSource.close();
        closed = true;
    }

    /** It does not tell; a close by its owner is not noticed. */
    @Override
    public boolean closed() {
        return closed;
    }
}
