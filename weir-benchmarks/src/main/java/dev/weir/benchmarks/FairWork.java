package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Platform threads that want more than there is, all the time: does everybody get the same? */
final class FairWork implements Work {

    private static final int THREADS = 64;
    private static final int SIZE = 4;
    private static final String VARIANT = "64 threads on 4";

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        try (OpenPool pool = Borrowers.open(subject.contender(), PoolSpec.noop(SIZE))) {
            DataSource dataSource = pool.dataSource();
            Borrowers.warmUp(dataSource, 20_000);
            long length = subject.effort().fairMillis * 1_000_000L;
            @Nullable Waits[] waits = new Waits[THREADS];
            Borrowers.Outcome outcome = Borrowers.together(
                    Thread::new,
                    THREADS,
                    length / 1_000_000 + 65_000,
                    index -> waits[index] = lease(dataSource, length));
            return figures(subject.pool(), waits, outcome);
        }
    }

    private static List<Figure> figures(String pool, @Nullable Waits[] waits, Borrowers.Outcome outcome) {
        Waits all = Waits.joined(waits);
        long luckiest = 0;
        long unluckiest = Long.MAX_VALUE;
        for (Waits one : waits) {
            long leases = one == null ? 0 : one.leases();
            luckiest = Math.max(luckiest, leases);
            unluckiest = Math.min(unluckiest, leases);
        }
        double ideal = all.meanHoldNanos() * (THREADS - SIZE) / SIZE / 1e6;
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.of(Row.FAIR, VARIANT, pool, "throughput", all.leases() * 1e9 / outcome.nanos(), "/s"));
        figures.addAll(all.figures(Row.FAIR, VARIANT, pool));
        figures.add(Figure.of(Row.FAIR, VARIANT, pool, "ideal wait", ideal, "ms"));
        figures.add(Figure.of(Row.FAIR, VARIANT, pool, "longest wait / ideal", all.longestMillis() / ideal, ""));
        figures.add(Figure.of(
                Row.FAIR, VARIANT, pool, "luckiest / unluckiest", (double) luckiest / Math.max(1, unluckiest), ""));
        figures.add(Figure.of(Row.FAIR, VARIANT, pool, "stuck threads", outcome.stuck(), ""));
        return figures;
    }

    private static Waits lease(DataSource pool, long length) throws SQLException {
        Waits waits = new Waits();
        long asked = System.nanoTime();
        long end = asked + length;
        while (asked - end < 0) {
            try (Connection connection = pool.getConnection()) {
                long got = System.nanoTime();
                waits.waited(got - asked);
                LockSupport.parkNanos(1_000_000);
                connection.isReadOnly();
                waits.held(System.nanoTime() - got);
            }
            asked = System.nanoTime();
        }
        return waits;
    }
}
