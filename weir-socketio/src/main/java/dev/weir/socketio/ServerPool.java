package dev.weir.socketio;

import dev.weir.event.EventStream;
import dev.weir.pool.ConnectionKind;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import dev.weir.pool.WaitTimes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The server as a manager of connections sees it. A session counts as lent, to its client; there is no queue. A
 * shutdown refuses new sessions (503), disconnects the others at a pace, then all at once, then without a goodbye.
 */
final class ServerPool implements ManagedPool {

    private static final long ADDRESS_SWEEP = TimeUnit.MINUTES.toNanos(2);

    private final SocketIoServer server;
    private final EngineServer engine;
    private final PoolSettings settings;
    private final EventStream.Subscription passes;
    private volatile boolean draining;
    private volatile boolean disposed;

    // On the housekeeper's thread.
    private long passedAt;
    private long sweptAt;
    private int peak;

    ServerPool(SocketIoServer server, EngineServer engine, PoolEnvironment environment) {
        this.server = server;
        this.engine = engine;
        this.settings = PoolSettings.shared().toBuilder()
                .min(0)
                .max(Math.min(engine.settings().maxConnections, PoolSettings.MAX_CONNECTIONS))
                .build();
        this.passedAt = environment.ticker().nanos();
        this.sweptAt = passedAt;
        this.passes = environment.onPass(this::pass);
    }

    private void pass(long now) {
        engine.tend();
        server.tend(now);
        peak = Math.max(peak, engine.live());
        if (now - sweptAt >= ADDRESS_SWEEP) {
            sweptAt = now;
            engine.addresses().sweep();
        }
        if (draining) {
            double seconds = (now - passedAt) / (double) TimeUnit.SECONDS.toNanos(1);
            disconnect((int) Math.max(1, seconds * engine.settings().shutdownPace));
        }
        passedAt = now;
    }

    private void disconnect(int most) {
        int left = most;
        for (EngineSession session : engine.sessions().values()) {
            if (left-- == 0) {
                return;
            }
            session.close(CloseCause.SHUTDOWN);
        }
    }

    @Override
    public String name() {
        return engine.settings().name;
    }

    @Override
    public ConnectionKind connectionKind() {
        return ConnectionKind.WEBSOCKET;
    }

    @Override
    public PoolSettings settings() {
        return settings;
    }

    @Override
    public PoolSnapshot snapshot() {
        int live = engine.live();
        Counters counters = engine.counters();
        long refused = counters.refusals().getOrDefault(Refusal.SERVER_FULL, 0L)
                + counters.refusals().getOrDefault(Refusal.ADDRESS_LIMIT, 0L)
                + counters.refusals().getOrDefault(Refusal.MEMORY, 0L);
        return new PoolSnapshot(
                name(),
                0,
                engine.settings().maxConnections,
                engine.settings().maxConnections,
                0,
                0,
                live,
                0,
                0,
                Duration.ZERO,
                new PoolSnapshot.Totals(
                        counters.opened.sum(),
                        0,
                        refused,
                        0,
                        0,
                        counters.opened.sum(),
                        counters.closed.sum(),
                        0,
                        0,
                        0,
                        0,
                        Math.max(peak, live),
                        0),
                WaitTimes.none(),
                engine.memory().granted(),
                null,
                List.of(),
                false,
                engine.isRefusing());
    }

    @Override
    public MeasuredConnections measuredConnections() {
        int connections = 0;
        long bytes = 0;
        for (EngineSession session : engine.sessions().values()) {
            connections++;
            bytes += session.weight() + session.queuedBytes();
        }
        return new MeasuredConnections(connections, bytes);
    }

    @Override
    public void refuse() {
        engine.refuse();
    }

    @Override
    public void failWaiters() {
        draining = true;
    }

    @Override
    public int inUse() {
        return engine.live();
    }

    @Override
    public void cancelLeased() {
        disconnect(Integer.MAX_VALUE);
    }

    @Override
    public void abortLeased() {
        for (EngineSession session : engine.sessions().values()) {
            session.abort(CloseCause.SHUTDOWN);
        }
    }

    @Override
    public int connectionsLeft() {
        return engine.live();
    }

    @Override
    public void dispose() {
        if (!disposed) {
            disposed = true;
            abortLeased();
            passes.close();
            server.disposed();
        }
    }
}
