package dev.weir.benchmarks;

import dev.weir.ConnectionPoolManager;
import dev.weir.metrics.WeirMBeans;
import dev.weir.metrics.WeirMetrics;
import dev.weir.metrics.jfr.FlightEvents;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.text.ParseException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/**
 * All that can watch a manager at once: meters that are scraped once a second, MBeans, and a recording with the JDK's default
 * settings.
 */
record Watchers(
        PrometheusMeterRegistry registry,
        WeirMetrics metrics,
        WeirMBeans beans,
        FlightEvents flight,
        Recording recording,
        ScheduledExecutorService scraper)
        implements AutoCloseable {

    static Watchers of(ConnectionPoolManager manager) throws IOException, ParseException {
        Recording recording = new Recording(Configuration.getConfiguration("default"));
        recording.start();
        Watchers all = new Watchers(
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                WeirMetrics.of(manager),
                WeirMBeans.publish(manager, "bench"),
                FlightEvents.of(manager.events()),
                recording,
                Executors.newSingleThreadScheduledExecutor());
        all.metrics.bindTo(all.registry);
        var unused = all.scraper.scheduleAtFixedRate(all.registry::scrape, 1, 1, TimeUnit.SECONDS);
        return all;
    }

    @Override
    public void close() {
        scraper.shutdownNow();
        recording.close();
        flight.close();
        beans.close();
        metrics.close();
        registry.close();
    }
}
