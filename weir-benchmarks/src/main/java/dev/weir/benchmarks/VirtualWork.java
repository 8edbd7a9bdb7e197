package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contenders;
import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import dev.weir.pool.AcquireException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many virtual threads that want few connections: how long does the unluckiest wait? */
final class VirtualWork implements Work {

    private static final int SIZE = 16;
    private static final int LEASES = 20;
    private static final long LIMIT_MILLIS = 40_000;

    /** How a pool is borrowed from. */
    @FunctionalInterface
    private interface Lending {
        /** A lease, which ends when it is closed. */
        AutoCloseable lease() throws Exception;
    }

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        String threads = subject.effort().virtualThreads + " threads";
        List<Figure> figures = new ArrayList<>(measure(subject, threads, Duration.ofMinutes(2)));
        if (subject.effort() == Effort.FULL) {
            figures.addAll(measure(subject, threads + ", timeout 5 s", Duration.ofSeconds(5)));
        }
        if (subject.pool().equals(Contenders.WEIR)) {
            try (Engine engine = Engine.open(SIZE)) {
                figures.addAll(measure(subject, threads + ", engine alone", engine.pool()::acquire));
            }
        }
        return figures;
    }

    private static List<Figure> measure(Subject subject, String variant, Duration timeout) throws Exception {
        try (OpenPool pool =
                Borrowers.open(subject.contender(), PoolSpec.noop(SIZE).withTimeout(timeout))) {
            return measure(subject, variant, pool.dataSource()::getConnection);
        }
    }

    private static List<Figure> measure(Subject subject, String variant, Lending pool) throws Exception {
        for (int i = 0; i < 20_000; i++) {
            pool.lease().close();
        }
        int threads = subject.effort().virtualThreads;
        long limit = subject.effort() == Effort.FULL ? LIMIT_MILLIS : LIMIT_MILLIS / 5;
        Lease[] leases = new Lease[threads * LEASES];
        Borrowers.Outcome outcome = Borrowers.together(Borrowers.virtualThreads(), threads, limit, index -> {
            for (int i = index * LEASES; i < (index + 1) * LEASES; i++) {
                leases[i] = lease(pool);
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
        figures.add(Figure.of(Row.VIRTUAL, variant, id, "FIFO's longest wait", idealWait, "ms"));
        figures.add(Figure.of(Row.VIRTUAL, variant, id, "longest wait / FIFO's", all.longestMillis() / idealWait, ""));
        figures.add(Figure.of(Row.VIRTUAL, variant, id, "timed out", all.timeouts(), ""));
        figures.add(Figure.of(Row.VIRTUAL, variant, id, "stuck threads", outcome.stuck(), ""));
        return figures;
    }

    private static Lease lease(Lending pool) throws Exception {
        long asked = System.nanoTime();
        try {
            AutoCloseable lease = pool.lease();
            long got = System.nanoTime();
            Thread.sleep(1);
            lease.close();
            return new Lease(got - asked, System.nanoTime() - got);
        } catch (SQLException | AcquireException refused) {
            return new Lease(System.nanoTime() - asked, Lease.TIMED_OUT);
        }
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
