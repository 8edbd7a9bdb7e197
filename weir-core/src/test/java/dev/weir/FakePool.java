package dev.weir;

import dev.weir.pool.Figures;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.PoolSnapshot;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A pool that ends as a test tells it, and writes down what was asked of it in a log that pools share. */
final class FakePool implements ManagedPool {

    /** How its holders behave. */
    enum Holders {
        RETURN_WHEN_LOOKED_AT,
        RETURN_WHEN_CANCELLED,
        NEVER_RETURN
    }

    /** What goes wrong. */
    enum Fault {
        REFUSE_THROWS,
        CANCEL_THROWS,
        ABORT_THROWS,
        CLOSES_NEVER_END
    }

    final Figures figures;
    final List<String> log;
    final Holders holders;
    final Set<Fault> faults;
    int looksBeforeReturn = 3;
    MeasuredConnections measured = MeasuredConnections.NONE;
    CacheUse cache = CacheUse.NONE;
    boolean refusing;
    boolean disposed;

    FakePool(String name, List<String> log, int leased, Holders holders, Fault... faults) {
        this.figures = new Figures(name);
        this.log = log;
        this.figures.leased = leased;
        this.holders = holders;
        this.faults = EnumSet.noneOf(Fault.class);
        this.faults.addAll(List.of(faults));
    }

    static FakePool idle(String name) {
        return new FakePool(name, new ArrayList<>(), 0, Holders.RETURN_WHEN_LOOKED_AT);
    }

    @Override
    public String name() {
        return figures.pool;
    }

    @Override
    public PoolSnapshot snapshot() {
        return figures.snapshot();
    }

    @Override
    public PoolSettings settings() {
        return PoolSettings.shared();
    }

    @Override
    public MeasuredConnections measuredConnections() {
        return measured;
    }

    @Override
    public CacheUse cacheUse() {
        return cache;
    }

    @Override
    public void refuse() {
        say("refuse");
        fail(Fault.REFUSE_THROWS);
        refusing = true;
    }

    @Override
    public void failWaiters() {
        say("fail-waiters");
        figures.waiting = 0;
        end(figures.idle);
        figures.idle = 0;
    }

    @Override
    public int inUse() {
        if (holders == Holders.RETURN_WHEN_LOOKED_AT && refusing && figures.leased > 0 && --looksBeforeReturn <= 0) {
            say("drained");
            returnAll();
        }
        return figures.leased;
    }

    @Override
    public void cancelLeased() {
        say("cancel");
        fail(Fault.CANCEL_THROWS);
        if (holders == Holders.RETURN_WHEN_CANCELLED) {
            returnAll();
        }
    }

    @Override
    public void abortLeased() {
        say("abort");
        fail(Fault.ABORT_THROWS);
        returnAll();
    }

    @Override
    public int connectionsLeft() {
        return figures.idle + figures.leased + figures.closing;
    }

    @Override
    public void dispose() {
        say("dispose");
        disposed = true;
        if (!faults.contains(Fault.CLOSES_NEVER_END)) {
            figures.closing = 0;
        }
    }

    private void returnAll() {
        end(figures.leased);
        figures.leased = 0;
    }

    private void end(int connections) {
        if (faults.contains(Fault.CLOSES_NEVER_END)) {
            figures.closing += connections;
        }
    }

    private void fail(Fault fault) {
        if (faults.contains(fault)) {
            throw new IllegalStateException(fault + " on purpose");
        }
    }

    private void say(String what) {
        log.add(name() + " " + what);
    }
}
