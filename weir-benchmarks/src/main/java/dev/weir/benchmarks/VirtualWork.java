package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;

/** Many virtual threads that want few connections: how long does the unluckiest wait? */
final class VirtualWork implements Work {

    private static final int SIZE = 16;
    private static final int LEASES = 20;
    private static final long LIMIT_MILLIS = 60_000;

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        int threads = subject.effort().virtualThreads;
        List<Figure> figures = new ArrayList<>(measure(subject, threads, threads + " threads", Duration.ofMinutes(2)));
        if (subject.effort() == Effort.FULL) {
            figures.addAll(measure(subject, threads, threads + " threads, timeout 5 s", Duration.ofSeconds(5)));
        }
        return figures;
    }

    private static List<Figure> measure(Subject subject, int threads, String variant, Duration timeout)
            throws Exception {
        try (OpenPool pool = subject.contender().open(PoolSpec.noop(SIZE).withTimeout(timeout))) {
            DataSource dataSource = pool.dataSource();
            Borrowers.fill(dataSource, SIZE);
            Borrowers.warmUp(dataSource, 20_000);
            Lease[] leases = new Lease[threads * LEASES];
            Borrowers.Outcome outcome = Borrowers.together(virtualThreads(), threads, LIMIT_MILLIS, index -> {
                for (int i = index * LEASES; i < (index + 1) * LEASES; i++) {
                    leases[i] = lease(dataSource);
                }
            });
            Waits all = new Waits();
            for (Lease lease : leases) {
                if (lease != null) {
                    lease.addTo(all);
                }
            }
            double idealWait = all.meanHoldNanos() * threads / SIZE / 1e6;
            List<Figure> figures = new ArrayList<>();
            String id = subject.pool();
            figures.add(Figure.of(Row.VIRTUAL, variant, id, "run", outcome.nanos() / 1e9, "s"));
            figures.add(Figure.of(Row.VIRTUAL, variant, id, "ideal run", idealWait * LEASES / 1e3, "s"));
            figures.addAll(all.figures(Row.VIRTUAL, variant, id));
            figures.add(Figure.of(Row.VIRTUAL, variant, id, "longest wait of a FIFO", idealWait, "ms"));
            figures.add(
                    Figure.of(Row.VIRTUAL, variant, id, "longest wait / FIFO's", all.longestMillis() / idealWait, ""));
            figures.add(Figure.of(Row.VIRTUAL, variant, id, "timed out", all.timeouts(), ""));
            figures.add(Figure.of(Row.VIRTUAL, variant, id, "stuck threads", outcome.stuck(), ""));
            return figures;
        }
    }

    private static Lease lease(DataSource pool) throws InterruptedException {
        long asked = System.nanoTime();
        try (Connection connection = pool.getConnection()) {
            long got = System.nanoTime();
            Thread.sleep(1);
            connection.isReadOnly();
            return new Lease(got - asked, System.nanoTime() - got);
        } catch (SQLException refused) {
            return new Lease(System.nanoTime() - asked, Lease.TIMED_OUT);
        }
    }

    /** By reflection, for the bytecode is that of Java 17. */
    private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        return (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    }

    /** Nanoseconds that one lease waited and was held. 200,000 histograms would fill the heap. */
    private record Lease(long waited, long held) {

        static final long TIMED_OUT = -1;

        void addTo(Waits waits) {
            waits.waited(waited);
            if (held == TIMED_OUT) {
                waits.timedOut();
            } else {
                waits.held(held);
            }
        }
    }
}
