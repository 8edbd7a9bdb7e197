package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contender;
import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import dev.weir.benchmarks.noop.NoopDriver;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What each further pool retains on the heap and in threads: many pools alike are opened, and what is live before and after
 * is compared. What all pools of a process share is paid by a first pool that is not counted; the driver's connections
 * are measured by themselves and taken off.
 */
final class FootprintWork implements Work {

    private static final int[] IDLE = {0, 5, 50};
    private static final int RAW = 2_000;

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        Class.forName(NoopDriver.class.getName());
        Contender contender = subject.contender();
        double connection = bytesOfAConnection();
        List<Figure> figures = new ArrayList<>();
        double[] heap = new double[IDLE.length];
        double threads = 0;
        try (OpenPool shared = open(contender, 5)) {
            Borrowers.warmUp(shared.dataSource(), 1_000);
            for (int i = 0; i < IDLE.length; i++) {
                Costs costs = costs(contender, IDLE[i], subject.effort().footprintPools);
                heap[i] = costs.bytes - connection * IDLE[i];
                threads = costs.threads;
                figures.add(Figure.of(Row.FOOTPRINT, IDLE[i] + " idle", subject.pool(), "heap", heap[i], "B"));
            }
        }
        String each = "each further connection";
        figures.add(Figure.of(Row.FOOTPRINT, each, subject.pool(), "heap", (heap[2] - heap[1]) / 45, "B"));
        figures.add(Figure.of(Row.FOOTPRINT, "each further pool", subject.pool(), "threads", threads, ""));
        return figures;
    }

    private static Costs costs(Contender contender, int idle, int count) throws Exception {
        List<OpenPool> pools = new ArrayList<>(count);
        try {
            long bytes = live();
            int threads = threads();
            int opened = NoopDriver.opened();
            for (int i = 0; i < count; i++) {
                pools.add(open(contender, idle));
            }
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (NoopDriver.opened() - opened < count * idle && System.nanoTime() < deadline) {
                LockSupport.parkNanos(10_000_000);
            }
            if (NoopDriver.opened() - opened < count * idle) {
                throw new IllegalStateException("the pools did not open their connections: "
                        + (NoopDriver.opened() - opened) + " of " + count * idle);
            }
            return new Costs((double) (live() - bytes) / count, (double) (threads() - threads) / count);
        } finally {
            for (OpenPool pool : pools) {
                pool.close();
            }
        }
    }

    private static OpenPool open(Contender contender, int idle) throws Exception {
        OpenPool pool = contender.open(PoolSpec.noop(Math.max(5, idle)).withMin(idle));
        Borrowers.fill(pool.dataSource(), idle);
        return pool;
    }

    private static double bytesOfAConnection() throws Exception {
        List<Connection> all = new ArrayList<>(RAW);
        DriverManager.getConnection(NoopDriver.url(0)).close();
        long before = live();
        for (int i = 0; i < RAW; i++) {
            all.add(DriverManager.getConnection(NoopDriver.url(0)));
        }
        double each = (double) (live() - before) / RAW;
        for (Connection connection : all) {
            connection.close();
        }
        return each;
    }

    /** Bytes in use after collections; threads that help to open or close a pool get time to end before. */
    private static long live() {
        LockSupport.parkNanos(500_000_000);
        for (int i = 0; i < 4; i++) {
            System.gc();
            LockSupport.parkNanos(20_000_000);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private record Costs(double bytes, double threads) {}
}
