package dev.weir.metrics;

import dev.weir.event.CloseReason;
import dev.weir.event.PoolEvent;
import dev.weir.monitor.PoolSample;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Everything that is told of one pool: under Weir's names, and under those that are usual for its kind. */
final class PoolMeters implements AutoCloseable {

    private static final String CONNECTIONS = "connections";
    private static final String SECONDS = "seconds";
    private static final double NANOS = 1e9;

    private final PoolReading reading;
    private final MeterSet<PoolReading> meters;
    private final List<MeterSet<PoolReading>> others = new ArrayList<>();
    private final List<PoolTimers> timers = new ArrayList<>();
    private final Map<CloseReason, Counter> retired = new EnumMap<>(CloseReason.class);

    PoolMeters(MeterRegistry registry, Tags tags, PoolReading reading, boolean hikariNames) {
        this.reading = reading;
        String name = reading.pool().name();
        this.meters = new MeterSet<>(registry, tags.and("pool", name), reading);
        sizes();
        totals();
        health();
        timers.add(new PoolTimers(
                meters.timer("weir.pool.connect.time", "How long connecting took"),
                meters.timer("weir.pool.wait.time", "How long requests that had to queue waited for their connection"),
                meters.timer("weir.pool.lease.time", "How long connections were held, of a sample of leases")));
        if (reading.pool().connectionKind().isDatabase()) {
            MeterSet<PoolReading> conventional =
                    new MeterSet<>(registry, tags.and("db.client.connection.pool.name", name), reading);
            timers.add(ConventionalNames.database(conventional));
            others.add(conventional);
        }
        if (hikariNames) {
            MeterSet<PoolReading> hikari = new MeterSet<>(registry, tags.and("pool", name), reading);
            timers.add(HikariNames.bind(hikari));
            others.add(hikari);
        }
    }

    private void sizes() {
        connections("opening", r -> r.snapshot().opening());
        connections("idle", r -> r.snapshot().idle());
        connections("leased", r -> r.snapshot().leased());
        connections("closing", r -> r.snapshot().closing());
        meters.gauge(
                "weir.pool.min",
                CONNECTIONS,
                "Connections that the pool keeps open",
                r -> r.snapshot().min());
        meters.gauge(
                "weir.pool.max",
                CONNECTIONS,
                "Connections that the pool never exceeds",
                r -> r.snapshot().max());
        meters.gauge(
                "weir.pool.target",
                CONNECTIONS,
                "The size that the pool allows itself now",
                r -> r.snapshot().target());
        meters.gauge(
                "weir.pool.leased.peak",
                CONNECTIONS,
                "Most connections lent at once, as far as seen",
                r -> r.totals().peakLeased());
        meters.gauge(
                "weir.pool.waiting",
                "requests",
                "Requests in the queue",
                r -> r.snapshot().waiting());
        meters.gauge(
                "weir.pool.waiting.max",
                "requests",
                "Requests that may queue",
                r -> r.pool().settings().maxWaiters());
        meters.gauge(
                "weir.pool.waiting.peak",
                "requests",
                "Most requests in the queue at once",
                r -> r.totals().peakWaiting());
        meters.gauge(
                "weir.pool.waiting.oldest",
                SECONDS,
                "How long the first request in the queue has waited",
                r -> r.snapshot().oldestWait().toNanos() / NANOS);
        meters.gauge(
                "weir.pool.granted",
                "bytes",
                "Bytes of the memory budget that the pool holds",
                r -> r.snapshot().grantedBytes());
        wait("0.5", PoolSample::p50WaitNanos);
        wait("0.99", PoolSample::p99WaitNanos);
    }

    private void connections(String state, ToDoubleFunction<PoolReading> read) {
        meters.gauge("weir.pool.connections", null, "Connections by state", Tags.of("state", state), read);
    }

    private void wait(String quantile, ToLongFunction<PoolSample> read) {
        meters.gauge(
                "weir.pool.wait.recent",
                SECONDS,
                "The wait that this share of the last second's leases did not exceed; those that found an idle connection count as 0",
                Tags.of("quantile", quantile),
                r -> {
                    PoolSample sample = r.sample();
                    return sample == null ? 0 : read.applyAsLong(sample) / NANOS;
                });
    }

    private void totals() {
        meters.total("weir.pool.leases", "Connections lent", r -> r.totals().leases());
        meters.total(
                "weir.pool.waits", "Leases that had to wait", r -> r.totals().waited());
        meters.total(
                "weir.pool.rejections",
                "Requests turned away because of the queue",
                r -> r.totals().rejected());
        meters.total(
                "weir.pool.timeouts",
                "Requests that waited their whole timeout",
                r -> r.totals().timedOut());
        meters.total(
                "weir.pool.interrupts",
                "Requests whose thread was interrupted",
                r -> r.totals().interrupted());
        meters.total("weir.pool.opened", "Connections opened", r -> r.totals().opened());
        meters.total("weir.pool.closed", "Connections ended", r -> r.totals().closed());
        meters.total(
                "weir.pool.connect.failures",
                "Attempts to connect that failed",
                r -> r.totals().connectFailures());
        meters.total(
                "weir.pool.checks.failed",
                "Checks that found a connection unusable",
                r -> r.totals().checksFailed());
        meters.total(
                "weir.pool.leaks", "Leases reported as leaked", r -> r.totals().leaks());
        meters.total(
                "weir.pool.scalings",
                "Changes of the size it aims for",
                r -> r.totals().scalings());
        for (CloseReason reason : CloseReason.values()) {
            Tags why = Tags.of("reason", reason.name().toLowerCase(Locale.ROOT));
            retired.put(reason, meters.counter("weir.pool.retirements", "Connections taken out of use, and why", why));
        }
    }

    private void health() {
        meters.gauge("weir.pool.alerts", null, "Alerts that are open", PoolReading::openAlerts);
        aspect("reachable", r -> r.health().reachable() ? 1 : 0);
        aspect("saturated", r -> r.health().saturated() ? 1 : 0);
        aspect("degraded", r -> r.health().degraded() ? 1 : 0);
    }

    private void aspect(String aspect, ToDoubleFunction<PoolReading> read) {
        meters.gauge("weir.pool.health", null, "1 where this holds, else 0", Tags.of("aspect", aspect), read);
    }

    PoolReading reading() {
        return reading;
    }

    void hear(PoolEvent event) {
        if (event instanceof PoolEvent.ConnectionOpened opened) {
            timers.forEach(each -> each.connected(opened.took().toNanos()));
        } else if (event instanceof PoolEvent.ConnectionRetired gone) {
            Counter counter = retired.get(gone.reason());
            if (counter != null) {
                counter.increment();
            }
        }
    }

    void waited(long nanos) {
        for (PoolTimers each : timers) {
            each.waited(nanos);
        }
    }

    void leased(long nanos) {
        for (PoolTimers each : timers) {
            each.leased(nanos);
        }
    }

    @Override
    public void close() {
        meters.close();
        others.forEach(MeterSet::close);
    }
}
