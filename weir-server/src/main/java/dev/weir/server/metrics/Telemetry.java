package dev.weir.server.metrics;

import dev.weir.ConnectionPoolManager;
import dev.weir.metrics.WeirMBeans;
import dev.weir.metrics.WeirMetrics;
import dev.weir.metrics.jfr.FlightEvents;
import dev.weir.server.config.MetricsPlan;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Everything that tells of a run's pools while they work. Thread-safe. */
public final class Telemetry implements AutoCloseable {

    private final WeirMBeans beans;
    private final FlightEvents flight;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final WeirMetrics metrics;
    private @Nullable MetricsEndpoint endpoint;

    private Telemetry(ConnectionPoolManager manager) {
        // Of several runs in one JVM, as in tests, each has its own.
        String name =
                "weir run " + ManagementFactory.getRuntimeMXBean().getPid() + "-" + System.identityHashCode(manager);
        beans = WeirMBeans.publish(manager, name);
        flight = FlightEvents.of(manager.events());
        metrics = WeirMetrics.of(manager);
        metrics.bindTo(registry);
    }

    /**
     * Starts it, before the first pool is opened.
     *
     * @throws IOException if the endpoint's port cannot be had
     */
    public static Telemetry start(MetricsPlan plan, ConnectionPoolManager manager) throws IOException {
        Telemetry telemetry = new Telemetry(manager);
        boolean whole = false;
        try {
            if (plan.enabled()) {
                telemetry.endpoint = new MetricsEndpoint(
                        InetAddress.getByName(plan.address()), plan.port(), telemetry.registry, manager);
            }
            whole = true;
            return telemetry;
        } finally {
            if (!whole) {
                telemetry.close();
            }
        }
    }

    /** Where the metrics are; {@code null}: nowhere. */
    public @Nullable URI uri() {
        return endpoint == null ? null : endpoint.uri();
    }

    @Override
    public void close() {
        if (endpoint != null) {
            endpoint.close();
        }
        metrics.close();
        registry.close();
        flight.close();
        beans.close();
    }
}
