package dev.weir.pool;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A pool's figures for tests of what looks at pools: set what matters, the rest is an idle pool's. */
public final class Figures {

    public final String pool;
    public int min = 1;
    public int max = 4;
    public int idle = 1;
    public int leased;
    public int closing;
    public int waiting;
    public long leases;
    public long rejected;
    public long opened;
    public long connectFailures;
    public boolean failing;
    public boolean suspended;
    public long grantedBytes;
    private final long[] waits = new long[WaitTimes.BUCKETS];
    private long maxWait;

    public Figures(String pool) {
        this.pool = pool;
    }

    /** Adds leases that waited so long. */
    public void waited(Duration time, int times) {
        waits[WaitTimes.bucketOf(time.toNanos())] += times;
        maxWait = Math.max(maxWait, time.toNanos());
        leases += times;
    }

    public PoolSnapshot snapshot() {
        long waited = 0;
        for (long wait : waits) {
            waited += wait;
        }
        return new PoolSnapshot(
                pool,
                min,
                max,
                max,
                0,
                idle,
                leased,
                closing,
                waiting,
                Duration.ZERO,
                new PoolSnapshot.Totals(
                        leases, waited, rejected, 0, 0, opened, 0, connectFailures, 0, 0, 0, leased, waiting),
                new WaitTimes(leases - waited, waits.clone(), maxWait),
                grantedBytes,
                failing ? new IOException("refused") : null,
                List.of(),
                suspended,
                false);
    }
}
