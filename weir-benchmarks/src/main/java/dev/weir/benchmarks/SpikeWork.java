package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import dev.weir.benchmarks.noop.NoopDriver;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** A burst that the connections there are could serve as fast as new ones could be opened. */
final class SpikeWork implements Work {

    private static final int REQUESTS = 50;
    private static final int IDLE = 2;
    private static final int MAX = 20;
    private static final int CONNECT_MILLIS = 50;
    private static final String VARIANT = "50 at once";

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        int spikes = subject.effort().spikes;
        double[] millis = new double[spikes];
        double[] opened = new double[spikes];
        double[] ideal = new double[spikes];
        double[] already = new double[spikes];
        // On a pool of its own: some pools give back on another thread and grow when one thread borrows again and
        // again.
        try (OpenPool pool = Borrowers.open(subject.contender(), PoolSpec.noop(IDLE))) {
            Borrowers.warmUp(pool.dataSource(), 5_000);
        }
        // The first one warms up what only a burst does.
        for (int i = -1; i < spikes; i++) {
            double[] one = spike(subject);
            if (i >= 0) {
                millis[i] = one[0];
                opened[i] = one[1];
                ideal[i] = one[2];
                already[i] = one[3];
            }
        }
        // What two connections need for them all, with leases as long as they really were: parking takes its time.
        double[] ratios = new double[spikes];
        for (int i = 0; i < spikes; i++) {
            ratios[i] = millis[i] / ideal[i];
        }
        return List.of(
                Medians.figure(Row.SPIKE.id(), VARIANT, subject.pool(), "last served", millis, "ms"),
                Medians.figure(Row.SPIKE.id(), VARIANT, subject.pool(), "last served / ideal", ratios, ""),
                Medians.figure(Row.SPIKE.id(), VARIANT, subject.pool(), "connections opened", opened, ""),
                // Some pools keep their minimum beside those that are lent, and so have more than was asked for.
                Medians.figure(Row.SPIKE.id(), VARIANT, subject.pool(), "connections before", already, ""));
    }

    private static double[] spike(Subject subject) throws Exception {
        PoolSpec spec = PoolSpec.noop(MAX).withMin(IDLE).withConnectMillis(CONNECT_MILLIS);
        int none = NoopDriver.opened();
        try (OpenPool pool = Borrowers.open(subject.contender(), spec)) {
            DataSource dataSource = pool.dataSource();
            // What the filling may have set off ends first.
            LockSupport.parkNanos(CONNECT_MILLIS * 3_000_000L);
            LongAdder held = new LongAdder();
            int before = NoopDriver.opened();
            Borrowers.Outcome outcome = Borrowers.together(Thread::new, REQUESTS, 60_000, index -> {
                try (Connection connection = dataSource.getConnection()) {
                    long got = System.nanoTime();
                    LockSupport.parkNanos(2_000_000);
                    connection.isReadOnly();
                    held.add(System.nanoTime() - got);
                }
            });
            LockSupport.parkNanos(CONNECT_MILLIS * 4_000_000L);
            return new double[] {
                outcome.nanos() / 1e6, NoopDriver.opened() - before, held.sum() / 1e6 / IDLE, before - none
            };
        }
    }
}
