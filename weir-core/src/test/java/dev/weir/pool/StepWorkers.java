package dev.weir.pool;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Workers that work only when a test tells them to; what is not done hangs. For one thread. */
final class StepWorkers implements Executor {

    private final Queue<Runnable> pending = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        pending.add(task);
    }

    /** Does the oldest piece of work; returns whether there was any. */
    boolean step() {
        Runnable next = pending.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    /** Works until nothing is left to do. */
    void finish() {
        int steps = 0;
        while (step()) {
            if (++steps > 100_000) {
                throw new AssertionError("work that makes more work without end");
            }
        }
    }

    int pending() {
        return pending.size();
    }
}
