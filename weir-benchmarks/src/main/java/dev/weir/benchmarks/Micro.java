package dev.weir.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A variant that JMH measures.
 *
 * @param variant its name
 * @param bench the class of the benchmark
 * @param method of it
 * @param threads that borrow
 * @param size of the pool
 */
record Micro(String variant, Class<?> bench, String method, int threads, int size) {

    List<Figure> measure(Subject subject) throws RunnerException {
        Effort effort = subject.effort();
        TimeValue time = TimeValue.milliseconds(effort.iterationMillis);
        List<Figure> figures = new ArrayList<>();
        // Where some other JMH runs on this machine its lock would stop this one; the load that is printed tells of it.
        System.setProperty("jmh.ignoreLock", "true");
        for (RunResult run : new Runner(new OptionsBuilder()
                        .include("^" + bench.getName().replace(".", "\\.") + "\\." + method + "$")
                        .param("pool", subject.pool())
                        .param("size", String.valueOf(size))
                        .threads(threads)
                        .forks(0)
                        .warmupIterations(effort.warmups)
                        .warmupTime(time)
                        .measurementIterations(effort.iterations)
                        .measurementTime(time)
                        .timeout(TimeValue.seconds(20))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run()) {
            figures.addAll(figures(subject, run));
        }
        return figures;
    }

    private List<Figure> figures(Subject subject, RunResult run) {
        String row = subject.row().id();
        String pool = subject.pool();
        double[] perSecond = run.getAggregatedResult().getIterationResults().stream()
                .mapToDouble(iteration -> ((Result<?>) iteration.getPrimaryResult()).getScore())
                .toArray();
        List<Figure> figures = new ArrayList<>();
        figures.add(
                Medians.figure(row, variant, pool, "throughput", Medians.each(perSecond, each -> each / 1e6), "M/s"));
        if (threads == 1) {
            figures.add(Medians.figure(row, variant, pool, "time", Medians.each(perSecond, each -> 1e9 / each), "ns"));
        }
        Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
        if (allocated != null) {
            figures.add(new Figure(row, variant, pool, "allocated", allocated.getScore(), Double.NaN, "B"));
        }
        Result<?> refused = run.getSecondaryResults().get("timedOut");
        if (refused != null && threads > size) {
            figures.add(new Figure(row, variant, pool, "timed out", refused.getScore(), Double.NaN, ""));
        }
        return figures;
    }
}
