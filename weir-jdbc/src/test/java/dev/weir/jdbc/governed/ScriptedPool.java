package dev.weir.jdbc.governed;

import java.time.Duration;

/** Somebody's pool that does as a test tells it, and keeps to the maximum that is set. */
final class ScriptedPool implements ForeignPool {

    final boolean resizable;
    int size;
    int leased;
    int waiting;
    int min;
    int max;
    int evicted;
    boolean evictsNothing;
    boolean isClosed;

    ScriptedPool(boolean resizable, int max) {
        this.resizable = resizable;
        this.max = max;
    }

    /** Somebody asks for a connection. */
    void borrow() {
        if (leased < size) {
            leased++;
        } else if (size < max) {
            size++;
            leased++;
        } else {
            waiting++;
        }
    }

    void giveBack() {
        if (leased > 0 && waiting > 0) {
            waiting--;
        } else if (leased > 0) {
            leased--;
        }
    }

    /** Those who wait have had enough. */
    void giveUp() {
        waiting = 0;
    }

    /** Its own idle timeout. */
    void closeIdle() {
        if (size > leased && size > min) {
            size--;
        }
    }

    @Override
    public PoolKind kind() {
        return PoolKind.DBCP2;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Use use() {
        return new Use(size, leased, waiting, Totals.UNTOLD_ALL);
    }

    @Override
    public Terms terms() {
        return new Terms(min, max, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    @Override
    public boolean resizable() {
        return resizable;
    }

    @Override
    public void resize(int newMin, int newMax) {
        if (!resizable) {
            throw new AssertionError("cannot be resized");
        }
        min = newMin;
        max = newMax;
    }

    @Override
    public void open(int connections) {
        for (int i = 0; i < connections && size < max && waiting > 0; i++) {
            size++;
            leased++;
            waiting--;
        }
    }

    @Override
    public void evictIdle(int connections) {
        if (!evictsNothing) {
            int gone = Math.min(connections, size - leased);
            size -= gone;
            evicted += gone;
        }
    }

    @Override
    public void refuse() {}

    @Override
    public void abort() {
        leased = 0;
        close();
    }

    @Override
    public void close() {
        isClosed = true;
        size = leased;
    }

    @Override
    public boolean closed() {
        return isClosed;
    }
}
