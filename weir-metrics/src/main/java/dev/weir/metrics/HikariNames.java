package dev.weir.metrics;

/** The names that HikariCP gives its meters, so that boards made for it go on. */
final class HikariNames {

    private static final String PREFIX = "hikaricp.connections";

    private HikariNames() {}

    static PoolTimers bind(MeterSet<PoolReading> meters) {
        meters.gauge(PREFIX, null, "Connections", r -> r.snapshot().size());
        meters.gauge(
                PREFIX + ".active", null, "Connections lent", r -> r.snapshot().leased());
        meters.gauge(
                PREFIX + ".idle", null, "Idle connections", r -> r.snapshot().idle());
        meters.gauge(
                PREFIX + ".pending",
                null,
                "Requests that wait",
                r -> r.snapshot().waiting());
        meters.gauge(
                PREFIX + ".max",
                null,
                "Connections never exceeded",
                r -> r.snapshot().max());
        meters.gauge(
                PREFIX + ".min",
                null,
                "Connections kept open",
                r -> r.snapshot().min());
        meters.total(
                PREFIX + ".timeout",
                "Requests that waited their whole timeout",
                r -> r.totals().timedOut());
        return new PoolTimers(
                meters.timer(PREFIX + ".creation", "How long connecting took"),
                meters.timer(PREFIX + ".acquire", "How long requests that had to queue waited"),
                meters.timer(PREFIX + ".usage", "How long connections were held, of a sample of leases"));
    }
}
