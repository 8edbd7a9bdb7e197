package dev.weir;

import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ManagedPool;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One walk through the phases of the end: refuse, fail the waiters, drain, cancel, abort, dispose. Groups of pools
 * drain one after the other, so that whoever depends on a pool is done with it first; from cancelling on, all go
 * together. A pool that throws is noted and skipped, the others go on.
 *
 * <p>Of the time until the deadline, draining may use the first 60 %, cancelled work the next 15 %, and closing what
 * was drained, cancelled or aborted the next 15 %; the rest is for the threads to end.
 */
final class Shutdown {

    private static final int DRAIN_PERCENT = 60;
    private static final int CANCEL_PERCENT = 75;
    private static final int CLOSE_PERCENT = 90;
    private static final long LONGEST_LOOK_NANOS = Duration.ofMillis(10).toNanos();
    private static final long LONGEST_THREAD_WAIT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long THREAD_WAIT_WHEN_LATE_NANOS =
            Duration.ofMillis(200).toNanos();

    private final List<List<ManagedPool>> groups;
    private final EventStream events;
    private final Ticker ticker;
    private final long start;
    private final long deadlineNanos;
    private final List<Ending> endings = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long drainedNanos;

    Shutdown(List<List<ManagedPool>> groups, EventStream events, Ticker ticker, Duration deadline) {
        this.groups = groups;
        this.events = events;
        this.ticker = ticker;
        this.start = ticker.nanos();
        this.deadlineNanos = deadline.isNegative()
                ? 0
                : deadline.compareTo(Duration.ofDays(365)) > 0
                        ? Duration.ofDays(365).toNanos()
                        : deadline.toNanos();
    }

    /** One pool on its way out. */
    private static final class Ending {
        final ManagedPool pool;
        int waitersFailed;
        int cancelled;
        int aborted;
        int abandoned;
        long drainNanos = -1;

        Ending(ManagedPool pool) {
            this.pool = pool;
        }
    }

    void run() {
        drain();
        drainedNanos = ticker.nanos() - start;
        List<Ending> held = stillHeld();
        if (!held.isEmpty()) {
            enter("cancel", held);
            for (Ending one : held) {
                attempt(one, "cancel", pool -> {
                    one.cancelled = pool.inUse();
                    pool.cancelLeased();
                });
            }
            await(CANCEL_PERCENT, () -> stillHeld().isEmpty());
        }
        held = stillHeld();
        if (!held.isEmpty()) {
            enter("abort", held);
            for (Ending one : held) {
                attempt(one, "abort", pool -> {
                    one.aborted = pool.inUse();
                    pool.abortLeased();
                });
            }
        }
        await(CLOSE_PERCENT, () -> connectionsLeft() == 0);
        enter("dispose", endings);
        for (Ending one : endings) {
            attempt(one, "dispose", pool -> {
                one.abandoned = pool.connectionsLeft();
                pool.dispose();
            });
        }
        await(100, () -> connectionsLeft() == 0);
    }

    private void drain() {
        long share = deadlineNanos / 100 * DRAIN_PERCENT;
        for (int i = 0; i < groups.size(); i++) {
            List<Ending> group = new ArrayList<>();
            for (ManagedPool pool : groups.get(i)) {
                group.add(new Ending(pool));
            }
            endings.addAll(group);
            enter("refuse", group);
            group.forEach(one -> attempt(one, "refuse", ManagedPool::refuse));
            enter("fail-waiters", group);
            for (Ending one : group) {
                attempt(one, "fail the waiters of", pool -> {
                    one.waitersFailed = pool.snapshot().waiting();
                    pool.failWaiters();
                });
            }
            enter("drain", group);
            long from = ticker.nanos() - start;
            long slice = Math.max(0, share - from) / (groups.size() - i);
            awaitUntil(from + slice, () -> allDrained(group, from));
        }
    }

    private boolean allDrained(List<Ending> group, long from) {
        boolean all = true;
        for (Ending one : group) {
            if (one.drainNanos < 0) {
                if (inUse(one) == 0) {
                    one.drainNanos = ticker.nanos() - start - from;
                } else {
                    all = false;
                }
            }
        }
        return all;
    }

    /**
     * Waits for the end of Weir's threads, and reports. Pools of other managers may keep some: it does not wait long. Threads that are
     * ending get a moment even where the deadline left none, or they would be reported as left.
     */
    ShutdownReport report(long bytesLeft, int listenersLeft) {
        long now = ticker.nanos() - start;
        long until = now < deadlineNanos
                ? Math.min(deadlineNanos, now + LONGEST_THREAD_WAIT_NANOS)
                : now + THREAD_WAIT_WHEN_LATE_NANOS;
        awaitUntil(until, () -> WeirThreads.alive() == 0);
        List<ShutdownReport.PoolEnd> ends = new ArrayList<>();
        int waiters = 0;
        int cancelled = 0;
        int aborted = 0;
        int abandoned = 0;
        for (Ending one : endings) {
            ends.add(end(one));
            waiters += one.waitersFailed;
            cancelled += one.cancelled;
            aborted += one.aborted;
            abandoned += one.abandoned;
        }
        long total = ticker.nanos() - start;
        return new ShutdownReport(
                connectionsLeft(),
                WeirThreads.alive(),
                bytesLeft,
                listenersLeft,
                waiters,
                cancelled,
                aborted,
                abandoned,
                Duration.ofNanos(drainedNanos).toMillis(),
                Duration.ofNanos(total).toMillis(),
                total <= deadlineNanos,
                ends,
                failures);
    }

    private ShutdownReport.PoolEnd end(Ending one) {
        long[] bytes = new long[1];
        attempt(one, "look at", pool -> bytes[0] = pool.snapshot().grantedBytes());
        return new ShutdownReport.PoolEnd(
                one.pool.name(),
                left(one),
                bytes[0],
                one.waitersFailed,
                one.cancelled,
                one.aborted,
                one.abandoned,
                Duration.ofNanos(one.drainNanos < 0 ? drainedNanos : one.drainNanos)
                        .toMillis());
    }

    private List<Ending> stillHeld() {
        List<Ending> held = new ArrayList<>(endings);
        held.removeIf(one -> inUse(one) == 0);
        return held;
    }

    private int connectionsLeft() {
        int sum = 0;
        for (Ending one : endings) {
            sum += left(one);
        }
        return sum;
    }

    private int inUse(Ending one) {
        int[] count = new int[1];
        attempt(one, "count", pool -> count[0] = pool.inUse());
        return count[0];
    }

    private int left(Ending one) {
        int[] count = new int[1];
        attempt(one, "count", pool -> count[0] = pool.connectionsLeft());
        return count[0];
    }

    private void attempt(Ending one, String what, Consumer<ManagedPool> step) {
        try {
            step.accept(one.pool);
        } catch (RuntimeException | StackOverflowError | AssertionError failure) {
            String text = what + " " + one.pool.name() + ": " + failure;
            if (!failures.contains(text)) {
                failures.add(text);
            }
        }
    }

    private void enter(String phase, List<Ending> pools) {
        if (events.hasListeners()) {
            for (Ending one : pools) {
                events.publish(new PoolEvent.ShutdownPhase(one.pool.name(), ticker.nanos(), phase, left(one)));
            }
        }
    }

    private void await(int percent, BooleanSupplier done) {
        awaitUntil(percent == 100 ? deadlineNanos : deadlineNanos / 100 * percent, done);
    }

    /** Looks again and again, for the pools have no common signal; at first at once, then every few milliseconds. */
    private void awaitUntil(long end, BooleanSupplier done) {
        long pause = LONGEST_LOOK_NANOS / 100;
        while (!done.getAsBoolean()) {
            long left = end - (ticker.nanos() - start);
            if (left <= 0) {
                return;
            }
            ticker.park(this, Math.min(left, pause));
            pause = Math.min(LONGEST_LOOK_NANOS, pause * 2);
            // An interrupt neither shortens a shutdown nor may it make this loop spin; the caller restores it.
            Thread.interrupted();
        }
    }
}
