package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contender;
import dev.weir.benchmarks.contender.Contenders;
import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import dev.weir.benchmarks.noop.NoopDriver;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/**
 * The first connection of a JVM that has just begun: arguments are the pool and the file for the answer. The driver is
 * loaded and has connected once before the clock starts, so that only the pool is counted.
 */
final class ColdStart {

    private ColdStart() {}

    /** Writes {@code nanoseconds classes threads}. */
    public static void main(String[] arguments) throws Exception {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
        Class.forName(NoopDriver.class.getName());
        try (Connection direct = DriverManager.getConnection(NoopDriver.url(0))) {
            direct.isValid(1);
            direct.getMetaData().getDatabaseProductName();
        }
        PoolSpec spec = PoolSpec.noop(5);
        Contender contender = Contenders.of(arguments[0]);
        int threadsBefore = threads.getThreadCount();
        long classesBefore = classes.getTotalLoadedClassCount();
        long begin = System.nanoTime();
        OpenPool pool = contender.open(spec);
        pool.dataSource().getConnection().close();
        long nanos = System.nanoTime() - begin;
        Borrowers.fill(pool.dataSource(), 5);
        long loaded = classes.getTotalLoadedClassCount() - classesBefore;
        int started = threads.getThreadCount() - threadsBefore;
        Files.writeString(Path.of(arguments[1]), nanos + " " + loaded + " " + started);
        // Not every pool's threads are daemons.
        Runtime.getRuntime().halt(0);
    }
}
