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
import java.util.function.BooleanSupplier;

/**
 * Agroal. It counts only while its metrics are on, so they are switched on; what was lent before that is known once it came
 * back. A new maximum holds at once, also for what comes back.
 */
final class AgroalForeignPool implements ForeignPool {

    private static final long LONGEST_FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AgroalDataSource dataSource;
    private final AgroalConnectionPoolConfiguration settings;
    /** What its count of leased connections is when there are none: it never counted those lent before it began. */
    private final AtomicLong none = new AtomicLong();

    private volatile boolean closed;

    // What its owner or a resize set, while a flush sets something else. Guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private boolean flushing;
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
                    flushing ? min : settings.minSize(),
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
            flushing = false;
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

    @Override
    public void open(int connections) {
        flushTo(use().size() + connections, FlushMode.FILL);
    }

    @Override
    public void evictIdle(int connections) {
        flushTo(use().size() - connections, FlushMode.IDLE);
    }

    /** It fills, and flushes idle ones, to its minimum, on a thread of its own; so that is another one for as long. */
    private void flushTo(int size, FlushMode how) {
        int target;
        lock.lock();
        try {
            target = Math.min(settings.maxSize(), Math.max(0, size));
            min = settings.minSize();
            flushing = true;
            settings.setMinSize(target);
        } finally {
            lock.unlock();
        }
        dataSource.flush(how);
        awaitAtMost(LONGEST_FLUSH_NANOS, () -> isThere(target, how));
        lock.lock();
        try {
            // Else it was resized meanwhile.
            if (flushing) {
                flushing = false;
                settings.setMinSize(min);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isThere(int target, FlushMode how) {
        Use now = use();
        return how == FlushMode.FILL ? now.size() >= target : now.size() <= target || now.idle() == 0;
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

    /**
     * A close stops its thread with work in hand: the connections that were to be closed there stay open. So it waits until
     * there are none, and asks again for what was being opened meanwhile.
     */
    @Override
    public void close() {
        if (!closed) {
            awaitAtMost(LONGEST_WAIT_NANOS, new Repeatedly(this::nothingRests));
            dataSource.close();
            closed = true;
            if (use().size() > 0) {
                dataSource.close();
            }
        }
    }

    private boolean nothingRests() {
        return use().idle() <= 0 && leaving() <= 0;
    }

    /** Connections taken out of the pool and not yet closed; but for the moment between its taking one out and its count. */
    private long leaving() {
        AgroalDataSourceMetrics metrics = dataSource.getMetrics();
        return metrics.flushCount() + metrics.reapCount() + metrics.invalidCount() - metrics.destroyCount();
    }

    /** True once a condition was so at several looks in a row: its counts move one after the other. */
    private static final class Repeatedly implements BooleanSupplier {

        private static final int LOOKS = 5;

        private final BooleanSupplier condition;
        private int looks;

        Repeatedly(BooleanSupplier condition) {
            this.condition = condition;
        }

        @Override
        public boolean getAsBoolean() {
            looks = condition.getAsBoolean() ? looks + 1 : 0;
            return looks >= LOOKS;
        }
    }

    private static void awaitAtMost(long nanos, BooleanSupplier done) {
        long end = System.nanoTime() + nanos;
        while (!done.getAsBoolean() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** It does not tell; a close by its owner is not noticed. */
    @Override
    public boolean closed() {
        return closed;
    }
}
