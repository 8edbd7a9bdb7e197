package dev.weir.metrics;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.LeaseListener;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ConnectionKind;
import dev.weir.pool.ManagedPool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A manager's pools as meters of Micrometer. Pools that are registered later join, and the meters of one that leaves go with
 * it. {@code docs/metrics.md} lists every name with its unit.
 *
 * <p>Borrowers pay for it only where they had to wait anyway. Meters that count are read from snapshots that the pools keep; how
 * long connections are held is known of a sample of leases, unless {@linkplain Builder#everyLease every lease} is wanted.
 *
 * <p>Thread-safe. {@link #close} takes all meters out; so does the manager's shutdown, but for those of the manager itself.
 */
public final class WeirMetrics implements MeterBinder, AutoCloseable {

    private final ConnectionPoolManager manager;
    private final Tags tags;
    private final boolean hikariNames;
    private final boolean everyLease;
    private final List<Binding> bindings = new CopyOnWriteArrayList<>();

    private WeirMetrics(Builder builder) {
        this.manager = builder.manager;
        this.tags = Tags.of(builder.tags);
        this.hikariNames = builder.hikariNames;
        this.everyLease = builder.everyLease;
    }

    /** Meters of a manager under the usual names. */
    public static WeirMetrics of(ConnectionPoolManager manager) {
        return builder(manager).build();
    }

    /** Begins to say what is wanted. */
    public static Builder builder(ConnectionPoolManager manager) {
        return new Builder(manager);
    }

    /** What is wanted. Not thread-safe. */
    public static final class Builder {
        private final ConnectionPoolManager manager;
        private Iterable<Tag> tags = Tags.empty();
        private boolean hikariNames;
        private boolean everyLease;

        private Builder(ConnectionPoolManager manager) {
            this.manager = manager;
        }

        /** Tags of every meter, besides those that name the pool. */
        public Builder tags(Iterable<Tag> common) {
            tags = common;
            return this;
        }

        /** Adds {@code hikaricp.connections.*} beside the other names, so that boards made for HikariCP go on. */
        public Builder hikariNames(boolean wanted) {
            hikariNames = wanted;
            return this;
        }

        /** Times every lease instead of a sample, which costs each of them some 60 ns and an object. */
        public Builder everyLease(boolean wanted) {
            everyLease = wanted;
            return this;
        }

        /** Makes it. */
        public WeirMetrics build() {
            return new WeirMetrics(this);
        }
    }

    /**
     * Adds the meters to a registry.
     *
     * @throws IllegalStateException if the manager is shut down
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        bindings.add(new Binding(registry));
    }

    @Override
    public void close() {
        bindings.forEach(Binding::close);
        bindings.clear();
    }

    /** What one pool has in one registry. */
    private record Bound(PoolMeters meters, @Nullable HttpMeters http) {
        void close() {
            meters.close();
            if (http != null) {
                http.close();
            }
        }
    }

    private final class Binding implements LeaseListener {
        private final MeterRegistry registry;
        private final MeterSet<ConnectionPoolManager> whole;
        private final Roll<Bound> roll;
        private final EventStream.Subscription events;
        private final EventStream.Subscription leases;

        Binding(MeterRegistry registry) {
            this.registry = registry;
            this.whole = new MeterSet<>(registry, tags, manager);
            this.roll = new Roll<>(manager, this::bind, Bound::close);
            this.events = manager.addListener(this::hear);
            this.leases = manager.events().subscribeToLeases(this);
            bindManager();
        }

        private void bindManager() {
            whole.gauge(
                    "weir.pools",
                    null,
                    "Pools that are registered",
                    m -> m.pools().size());
            whole.gauge(
                    "weir.budget.limit", "bytes", "The memory budget; NaN: without a limit", m -> limit(m.budget()));
            whole.gauge(
                    "weir.budget.granted",
                    "bytes",
                    "Bytes of the memory budget that pools hold",
                    m -> m.budget().grantedBytes());
            whole.total(
                    "weir.listener.failures",
                    "Times that a listener to events threw",
                    m -> m.events().listenerFailures());
        }

        private double limit(MemoryBudget budget) {
            return budget.limitBytes() == Long.MAX_VALUE ? Double.NaN : budget.limitBytes();
        }

        private Bound bind(ManagedPool pool) {
            PoolMeters meters = new PoolMeters(registry, tags, new PoolReading(manager, pool), hikariNames);
            boolean http = pool.connectionKind() == ConnectionKind.HTTP;
            return new Bound(meters, http ? new HttpMeters(manager, registry, tags, pool) : null);
        }

        private void hear(PoolEvent event) {
            Bound pool = roll.of(event.pool());
            if (pool != null) {
                pool.meters().hear(event);
            }
        }

        @Override
        public void waited(String pool, int slot, long nanos) {
            Bound bound = roll.of(pool);
            if (bound != null) {
                bound.meters().waited(nanos);
            }
        }

        @Override
        public void leaseEnded(String pool, int slot, long nanos) {
            Bound bound = roll.of(pool);
            if (bound != null) {
                bound.meters().leased(nanos);
            }
        }

        @Override
        public boolean wantsEveryLease() {
            return everyLease;
        }

        void close() {
            leases.close();
            events.close();
            roll.close();
            whole.close();
        }
    }
}
