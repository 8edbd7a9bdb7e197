package dev.weir.dashboard;

import dev.weir.pool.ConnectionKind;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;

/** The dashboard as its manager sees it: the server of its pages, and the thread that ends with it. */
final class Member implements ManagedPool {

    private final ManagedPool server;
    private final Runnable onDispose;

    Member(ManagedPool server, Runnable onDispose) {
        this.server = server;
        this.onDispose = onDispose;
    }

    @Override
    public void dispose() {
        onDispose.run();
        server.dispose();
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public ConnectionKind connectionKind() {
        return server.connectionKind();
    }

    @Override
    public PoolSnapshot snapshot() {
        return server.snapshot();
    }

    @Override
    public PoolSettings settings() {
        return server.settings();
    }

    @Override
    public MeasuredConnections measuredConnections() {
        return server.measuredConnections();
    }

    @Override
    public void refuse() {
        server.refuse();
    }

    @Override
    public void failWaiters() {
        server.failWaiters();
    }

    @Override
    public int inUse() {
        return server.inUse();
    }

    @Override
    public void cancelLeased() {
        server.cancelLeased();
    }

    @Override
    public void abortLeased() {
        server.abortLeased();
    }

    @Override
    public int connectionsLeft() {
        return server.connectionsLeft();
    }

    @Override
    public String toString() {
        return server.toString();
    }
}
