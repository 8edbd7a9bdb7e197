package dev.weir.metrics;

import dev.weir.ConnectionPoolManager;
import dev.weir.event.EventStream;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.ManagedPool.EndpointUse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code http.client.open_connections} of one pool, by server and state, as OpenTelemetry's semantic conventions name it. Servers
 * come and go, no more of them than the pool has routes; once a second the rows follow. On the housekeeper's thread.
 */
final class HttpMeters implements AutoCloseable {

    private static final long EVERY = TimeUnit.SECONDS.toNanos(1);

    private final ManagedPool pool;
    private final MultiGauge connections;
    private final EventStream.Subscription passes;
    private long due;
    private boolean closed;

    HttpMeters(ConnectionPoolManager manager, MeterRegistry registry, Tags tags, ManagedPool pool) {
        this.pool = pool;
        this.connections = MultiGauge.builder("http.client.open_connections")
                .description("Connections to servers, active or idle")
                .tags(tags.and("pool", pool.name()))
                .register(registry);
        this.due = manager.environment().ticker().nanos();
        this.passes = manager.environment().onPass(this::pass);
    }

    private synchronized void pass(long now) {
        if (closed || now - due < 0) {
            return;
        }
        due = now + EVERY;
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (EndpointUse use : pool.endpoints()) {
            int colon = use.endpoint().lastIndexOf(':');
            Tags server = Tags.of(
                    "server.address",
                    colon < 0 ? use.endpoint() : use.endpoint().substring(0, colon),
                    "server.port",
                    colon < 0 ? "" : use.endpoint().substring(colon + 1));
            rows.add(MultiGauge.Row.of(server.and("http.connection.state", "active"), use.leased()));
            rows.add(MultiGauge.Row.of(server.and("http.connection.state", "idle"), use.idle()));
        }
        connections.register(rows, true);
    }

    @Override
    public synchronized void close() {
        closed = true;
        passes.close();
        connections.register(List.of(), true);
    }
}
