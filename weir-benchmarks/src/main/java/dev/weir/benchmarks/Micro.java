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
 * A variant that JMH measures, in one fork at a time.
 *
 * @param variant its name
 * @param method of {@link LeaseBench}
 * @param threads that borrow
 * @param size of the pool
 */
record Micro(String variant, String method, int threads, int size) {

    List<Figure> measure(Row row, String pool, Effort effort, Forks forks) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(effort.iterationMillis);
        List<Figure> figures = new ArrayList<>();
        // Where some other JMH runs on this machine its lock would stop this one; the load that is printed tells of it.
        System.setProperty("jmh.ignoreLock", "true");
        for (RunResult run : new Runner(new OptionsBuilder()
                        .include("^" + LeaseBench.class.getName().replace(".", "\\.") + "\\." + method + "$")
                        .param("pool", pool)
                        .param("size", String.valueOf(size))
                        .threads(threads)
                        .forks(1)
                        .jvm(forks.java())
                        .jvmArgs("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC")
                        .jvmArgsAppend(forks.quiet())
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
            double perSecond = run.getPrimaryResult().getScore();
            figures.add(Figure.of(row, variant, pool, "throughput", perSecond / 1e6, "M/s"));
            if (threads == 1) {
                figures.add(Figure.of(row, variant, pool, "time", 1e9 / perSecond, "ns"));
            }
            Result<?> allocated = run.getSecondaryResults().get("gc.alloc.rate.norm");
            if (allocated != null) {
                figures.add(Figure.of(row, variant, pool, "allocated", allocated.getScore(), "B"));
            }
        }
        return figures;
    }
}
