package dev.weir.metrics;

import io.micrometer.core.instrument.Tags;

/**
 * The names of OpenTelemetry's semantic conventions for database clients. An up-down counter of theirs is a gauge of
 * Micrometer's; their counts have no unit here, for Micrometer would make it a part of the name.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/database/database-metrics/">the conventions</a>
 */
final class ConventionalNames {

    private static final String PREFIX = "db.client.connection.";
    private static final String STATE = PREFIX + "state";

    private ConventionalNames() {}

    static PoolTimers database(MeterSet<PoolReading> meters) {
        meters.gauge(
                PREFIX + "count",
                null,
                "Connections by state",
                Tags.of(STATE, "idle"),
                r -> r.snapshot().idle());
        meters.gauge(
                PREFIX + "count",
                null,
                "Connections by state",
                Tags.of(STATE, "used"),
                r -> r.snapshot().leased());
        meters.gauge(
                PREFIX + "idle.max",
                null,
                "Idle connections that are allowed",
                r -> r.snapshot().max());
        meters.gauge(
                PREFIX + "idle.min",
                null,
                "Idle connections that are kept",
                r -> r.snapshot().min());
        meters.gauge(
                PREFIX + "max",
                null,
                "Connections that are allowed",
                r -> r.snapshot().max());
        meters.gauge(
                PREFIX + "pending_requests",
                null,
                "Requests that wait for a connection",
                r -> r.snapshot().waiting());
        meters.total(
                PREFIX + "timeouts",
                "Requests that waited their whole timeout",
                r -> r.totals().timedOut());
        return new PoolTimers(
                meters.timer(PREFIX + "create_time", "How long connecting took"),
                meters.timer(PREFIX + "wait_time", "How long requests that had to queue waited for their connection"),
                meters.timer(PREFIX + "use_time", "How long connections were held, of a sample of leases"));
    }
}
