package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contender;
import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import dev.weir.benchmarks.noop.NoopDriver;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What each further pool retains on the heap and in threads: pools alike are opened in lots, and after each lot the live
 * objects are counted by class. What all pools of a process share is there before the first lot and so is not counted; the
 * driver's connections are left out by their class. {@link Growth} tells what grows with the pools from what merely moved.
 */
final class FootprintWork implements Work {

    private static final int[] IDLE = {0, 5, 50};
    private static final int LOTS = 5;
    private static final int FEW_LOTS = 3;

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        Class.forName(NoopDriver.class.getName());
        Contender contender = subject.contender();
        int lots = subject.effort() == Effort.FULL ? LOTS : FEW_LOTS;
        int lot = subject.effort().footprintPools;
        String id = subject.pool();
        List<Figure> figures = new ArrayList<>();
        double[] heap = new double[IDLE.length];
        for (int i = 0; i < IDLE.length; i++) {
            // Big pools show themselves in few.
            Growth growth = growth(contender, IDLE[i], lots, IDLE[i] > 5 ? Math.max(1, lot / 4) : lot);
            heap[i] = growth.bytesEach();
            figures.add(Figure.of(Row.FOOTPRINT, IDLE[i] + " idle", id, "heap", heap[i], "B"));
            if (IDLE[i] == 5) {
                figures.add(Figure.of(Row.FOOTPRINT, "each further pool", id, "threads", growth.threadsEach(), ""));
            }
        }
        String each = "each further connection";
        figures.add(Figure.of(Row.FOOTPRINT, each, id, "heap", (heap[2] - heap[1]) / (IDLE[2] - IDLE[1]), "B"));
        return figures;
    }

    /** How the live objects grow with lots of pools that hold so many idle connections. */
    static Growth growth(Contender contender, int idle, int lots, int lot) throws Exception {
        List<OpenPool> pools = new ArrayList<>();
        Growth growth = new Growth(lot, FootprintWork::isNoPool);
        try {
            open(contender, idle, 3, pools);
            Borrowers.warmUp(pools.get(0).dataSource(), idle == 0 ? 0 : 1_000);
            growth.look();
            for (int i = 0; i < lots; i++) {
                open(contender, idle, lot, pools);
                growth.look();
            }
            return growth;
        } finally {
            for (OpenPool pool : pools) {
                pool.close();
            }
        }
    }

    /** The driver's connections, what holds the pools here, and what the collector pads the heap with. */
    private static boolean isNoPool(String type) {
        return type.startsWith("dev.weir.benchmarks.") || type.contains("jdk.internal.vm.Filler");
    }

    /** Opens pools that have so many idle connections. */
    static void open(Contender contender, int idle, int count, List<OpenPool> pools) throws Exception {
        for (int i = 0; i < count; i++) {
            pools.add(Borrowers.open(contender, PoolSpec.noop(Math.max(5, idle)).withMin(idle)));
        }
        long deadline = System.nanoTime() + 5_000_000_000L;
        // Threads that helped to open get time to end, and those that stay to come to rest.
        int threads;
        do {
            threads = threads();
            LockSupport.parkNanos(50_000_000);
        } while (threads != threads() && System.nanoTime() - deadline < 0);
    }

    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }
}
