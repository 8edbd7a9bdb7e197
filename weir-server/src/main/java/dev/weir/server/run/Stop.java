package dev.weir.server.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The wish to end: asked for once, in order, with work in hand finished; asked for again, at once. Steps that block
 * register how to be freed. Thread-safe.
 */
public final class Stop {

    /** How a run is to end. */
    public enum Wish {
        /** Not at all. */
        NONE,
        /** After the work in hand. */
        IN_ORDER,
        /** Without waiting for anything. */
        AT_ONCE
    }

    /** A step's way to be freed; closing it forgets it. */
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    private record Action(Wish from, Runnable free) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Action> actions = new ArrayList<>();
    private Wish wish = Wish.NONE;

    /** Asks for the end; each further call asks more urgently. */
    public void request() {
        List<Action> due;
        lock.lock();
        try {
            wish = wish == Wish.NONE ? Wish.IN_ORDER : Wish.AT_ONCE;
            due = actions.stream().filter(action -> action.from == wish).toList();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        due.forEach(action -> action.free.run());
    }

    /** Calls {@code free} as soon as the end is asked for with this urgency, or now if it has been. */
    Registration on(Wish from, Runnable free) {
        Action action = new Action(from, free);
        boolean due;
        lock.lock();
        try {
            actions.add(action);
            due = wish.compareTo(from) >= 0;
        } finally {
            lock.unlock();
        }
        if (due) {
            free.run();
        }
        return () -> forget(action);
    }

    private void forget(Action action) {
        lock.lock();
        try {
            actions.remove(action);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the end was asked for. */
    public boolean isRequested() {
        return wish() != Wish.NONE;
    }

    /** Whether it was asked for again. */
    public boolean isAtOnce() {
        return wish() == Wish.AT_ONCE;
    }

    private Wish wish() {
        lock.lock();
        try {
            return wish;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the end is asked for, at most so long; says whether it was. */
    boolean await(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (wish == Wish.NONE && left > 0) {
                left = changed.awaitNanos(left);
            }
            return wish != Wish.NONE;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the step that calls it if the end was asked for. */
    void check() throws StoppedException {
        if (isRequested()) {
            throw new StoppedException();
        }
    }

    /** The end was asked for before there was anything to show. */
    static final class StoppedException extends Exception {
        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("stopped");
        }
    }

    /** A time in the future, for waits that a wish cuts short. */
    static long deadlineIn(long amount, TimeUnit unit) {
        return System.nanoTime() + unit.toNanos(amount);
    }
}
