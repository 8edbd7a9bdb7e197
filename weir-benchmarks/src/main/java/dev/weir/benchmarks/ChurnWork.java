package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import dev.weir.benchmarks.noop.NoopDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The same load without and with connections that live for a second or two: who notices that they are replaced? */
final class ChurnWork implements Work {

    private static final int THREADS = 12;
    private static final int SIZE = 10;
    private static final int CONNECT_MILLIS = 50;

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        long millis = subject.effort().churnMillis;
        Duration lifetime = Duration.ofSeconds(subject.effort() == Effort.FULL ? 2 : 1);
        List<Figure> figures = new ArrayList<>();
        Waits calm = load(subject, Duration.ZERO, millis / 2, figures);
        Waits churning = load(subject, lifetime, millis + lifetime.toMillis(), figures);
        double ratio = churning.millisAt(99.9) / calm.millisAt(99.9);
        figures.add(
                Figure.of(Row.CHURN, "with / without churn", subject.pool(), "wait p99.9, with / without", ratio, ""));
        return figures;
    }

    private static Waits load(Subject subject, Duration lifetime, long millis, List<Figure> figures) throws Exception {
        PoolSpec spec = PoolSpec.noop(SIZE).withConnectMillis(CONNECT_MILLIS).withLifetime(lifetime);
        try (OpenPool pool = Borrowers.open(subject.contender(), spec)) {
            DataSource dataSource = pool.dataSource();
            Borrowers.warmUp(dataSource, 5_000);
            lease(dataSource, 200);
            int before = NoopDriver.opened();
            Waits waits = lease(dataSource, millis);
            String variant = lifetime.isZero() ? "without churn" : "lifetime " + lifetime.toSeconds() + " s";
            String id = subject.pool();
            figures.addAll(waits.figures(Row.CHURN, variant, id));
            figures.add(
                    Figure.of(Row.CHURN, variant, id, "connections opened", (double) NoopDriver.opened() - before, ""));
            figures.add(Figure.of(Row.CHURN, variant, id, "failed", waits.timeouts(), ""));
            return waits;
        }
    }

    private static Waits lease(DataSource pool, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        @Nullable Waits[] waits = new Waits[THREADS];
        Borrowers.together(Thread::new, THREADS, millis + 65_000, index -> {
            Waits own = new Waits();
            waits[index] = own;
            for (long asked = System.nanoTime(); asked - end < 0; asked = System.nanoTime()) {
                try (Connection connection = pool.getConnection()) {
                    long got = System.nanoTime();
                    own.waited(got - asked);
                    LockSupport.parkNanos(1_000_000);
                    connection.isReadOnly();
                    own.held(System.nanoTime() - got);
                } catch (SQLException failed) {
                    own.timedOut();
                }
            }
        });
        return Waits.joined(waits);
    }
}
