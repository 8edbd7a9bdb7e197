package dev.weir.benchmarks;

import dev.weir.benchmarks.scale.Costs;
import dev.weir.benchmarks.scale.Simulation;
import dev.weir.pool.Pool;
import dev.weir.pool.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * How lending grows with processors, connections and waiters: {@link Simulation}, with costs measured here, beside what the
 * engine really does here where that can be compared.
 */
final class ScaleWork implements Work {

    private static final int SLOTS = 1_000;
    private static final int[] CORES = {1, 2, 4, 8, 16, 32, 64, 128};
    private static final int[] POOLS = {4, 32, 128, 1_000};
    private static final int[] WAITERS = {100, 1_000, 10_000, 100_000};
    private static final long MILLI = 1_000_000;

    private final List<Figure> figures = new ArrayList<>();

    @Override
    public List<Figure> measure(Subject subject) throws Exception {
        figures.clear();
        long nanos = (subject.effort() == Effort.FULL ? 500 : 100) * MILLI;
        double cycle = cycleNanos(32, 0, nanos);
        double far = cycleNanos(SLOTS, SLOTS - 1, nanos);
        Costs costs = Costs.measured(cycle, Math.max(0, far - cycle) / (SLOTS - 1));
        String inputs = "costs measured here";
        add(inputs, "compare-and-set", costs.cas(), "ns");
        add(inputs, "line from another core", costs.transfer(), "ns");
        add(inputs, "look at a slot", costs.look(), "ns");
        add(inputs, "lock", costs.lock(), "ns");
        add(inputs, "unpark", costs.unpark(), "ns");
        add(inputs, "wake", costs.wake(), "ns");
        add(inputs, "rest of a cycle", costs.rest(), "ns");
        check(costs, 1, 1, SLOTS, SLOTS / 2, 0, nanos);
        int cores = Math.min(2, Runtime.getRuntime().availableProcessors());
        check(costs, cores, 2, 32, 0, 0, nanos);
        check(costs, cores, 64, 4, 0, 0, nanos);
        check(costs, cores, 64, 4, 0, MILLI, 4 * nanos);
        for (int pool : POOLS) {
            for (int processors : CORES) {
                Simulation.Outcome outcome =
                        Simulation.of(costs, new Simulation.Load(processors, processors, pool, 0, 40_000));
                add(pool + " connections, held for nothing", processors + " cores", outcome.perSecond() / 1e6, "M/s");
            }
        }
        for (int pool : POOLS) {
            add("1 core, all leased but the last", pool + " connections", cycle + (pool - 1) * costs.look(), "ns");
        }
        for (int waiters : WAITERS) {
            int threads = waiters + 16;
            Simulation.Outcome outcome =
                    Simulation.of(costs, new Simulation.Load(16, threads, 16, MILLI, 3L * threads));
            String variant = waiters + " waiters, 16 connections held for 1 ms, 16 cores";
            double ideal = (double) MILLI * waiters / 16;
            add(variant, "longest wait", outcome.longestWait() / 1e9, "s");
            add(variant, "longest wait / ideal", outcome.longestWait() / ideal, "");
            add(variant, "throughput / ideal", outcome.perSecond() / 16_000, "");
        }
        return List.copyOf(figures);
    }

    private void add(String variant, String metric, double value, String unit) {
        figures.add(Figure.of(Row.SCALE, variant, "weir", metric, value, unit));
    }

    /** The same load by the model and by the engine. */
    private void check(Costs costs, int cores, int threads, int slots, int leased, long hold, long nanos)
            throws InterruptedException {
        String variant = threads
                + (threads == 1 ? " thread on " : " threads on ")
                + slots
                + (leased > 0 ? ", " + leased + " of them leased" : "")
                + (hold > 0 ? ", held for 1 ms" : "");
        double model = leased > 0
                ? 1e9 / (costs.rest() + 2 * costs.cas() + leased * costs.look())
                : Simulation.of(costs, new Simulation.Load(cores, threads, slots, hold, hold > 0 ? 20_000 : 200_000))
                        .perSecond();
        double engine = leased > 0 ? 1e9 / cycleNanos(slots, leased, nanos) : perSecond(threads, slots, hold, nanos);
        add(variant, "by the model", model / 1e6, "M/s");
        add(variant, "by the engine", engine / 1e6, "M/s");
        add(variant, "model / engine", model / engine, "");
    }

    /** A lease and its return on one thread, with this many of the lowest slots leased by somebody else; the best of some. */
    private static double cycleNanos(int slots, int leased, long nanos) {
        try (Engine engine = Engine.open(slots)) {
            List<Slot<Object>> held = engine.lease(leased);
            Pool<Object> pool = engine.pool();
            double best = Double.MAX_VALUE;
            for (int round = 0; round < 5; round++) {
                long times = 0;
                long begin = System.nanoTime();
                long now = begin;
                while (now - begin < nanos / 5) {
                    for (int i = 0; i < 100; i++) {
                        Slot<Object> slot = pool.lease();
                        pool.giveBack(slot, slot.word());
                    }
                    times += 100;
                    now = System.nanoTime();
                }
                best = Math.min(best, (double) (now - begin) / times);
            }
            engine.giveBack(held);
            return best;
        }
    }

    private static double perSecond(int threads, int slots, long hold, long nanos) throws InterruptedException {
        try (Engine engine = Engine.open(slots)) {
            Pool<Object> pool = engine.pool();
            LongAdder leases = new LongAdder();
            Borrowers.Outcome outcome = Borrowers.together(Thread::new, threads, 30_000, index -> {
                long own = 0;
                long end = System.nanoTime() + nanos;
                while (System.nanoTime() - end < 0) {
                    for (int i = 0; i < (hold > 0 ? 1 : 100); i++) {
                        Slot<Object> slot = pool.lease();
                        if (hold > 0) {
                            LockSupport.parkNanos(hold);
                        }
                        pool.giveBack(slot, slot.word());
                        own++;
                    }
                }
                leases.add(own);
            });
            return leases.sum() * 1e9 / outcome.nanos();
        }
    }
}
