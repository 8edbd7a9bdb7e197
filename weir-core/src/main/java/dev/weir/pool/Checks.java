package dev.weir.pool;

import dev.weir.event.CloseReason;
import dev.weir.event.PoolEvent;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finds out whether connections can still be used, before they are lent: those that rested, and those that became suspect
 * because of what happened to another one. Workers check, with a time limit.
 */
final class Checks<C> {

    private final Pool<C> pool;
    private final PoolEnvironment environment;
    private final Ticker ticker;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong failed = new AtomicLong();
    private final StuckChecks<C> stuck;

    /** How often all connections became suspect. */
    private final AtomicInteger suspicions = new AtomicInteger();

    /** Whether some idle connection may wait for a check. */
    private volatile boolean someRested;

    Checks(Pool<C> pool, PoolEnvironment environment) {
        this.pool = pool;
        this.environment = environment;
        this.ticker = environment.ticker();
        this.stuck = new StuckChecks<>(pool, environment);
    }

    /** Whether some idle connection may wait for a check; if not, there is nothing to {@link #start}. */
    boolean anyRested() {
        return someRested;
    }

    /** Moves as many rested connections to CHECKING as are wanted; the caller has them checked. */
    List<Slot<C>> start(int wanted) {
        List<Slot<C>> started = new ArrayList<>();
        // Before the search: whatever is marked after it was passed by must be found by the next one.
        someRested = false;
        for (Slot<C> slot : pool.slots()) {
            long word = slot.current();
            while (Slot.stateOf(word) == Slot.IDLE && Slot.marked(word, Slot.RESTED)) {
                if (started.size() == wanted) {
                    someRested = true;
                    return started;
                }
                if (slot.tryBecome(word, Slot.CHECKING)) {
                    started.add(slot);
                }
                word = slot.current();
            }
        }
        return started;
    }

    /** Checks a slot that the caller has moved to CHECKING. */
    void check(Slot<C> slot) {
        running.incrementAndGet();
        Task task = new Task(SlotState.CHECKING, ticker.nanos());
        slot.task = task;
        C connection = slot.connection();
        Duration timeout = pool.settings().checkTimeout();
        environment.workers().execute(() -> {
            if (!task.startOn(Thread.currentThread())) {
                return;
            }
            boolean fit = isFit(connection, timeout);
            task.done();
            if (task.finish()) {
                tell(slot, task, fit);
                checked(slot, task, fit);
            }
        });
    }

    /**
     * Weighs a slot that the caller has moved to CHECKING; a connection that fails at it is checked.
     *
     * @param rested whether it is to be checked before it is lent, whatever it weighs
     */
    void weigh(Slot<C> slot, boolean rested) {
        running.incrementAndGet();
        Task task = Task.weighing(ticker.nanos());
        slot.task = task;
        C connection = slot.connection();
        Duration timeout = pool.settings().checkTimeout();
        environment.workers().execute(() -> {
            if (!task.startOn(Thread.currentThread())) {
                return;
            }
            ConnectionWeight weight;
            boolean fit = true;
            try {
                weight = pool.weighing().weigh(slot, timeout);
            } catch (Throwable failure) { // whether the connection can be used is another question
                weight = ConnectionWeight.unknown(
                        "weighing it failed: " + failure.getClass().getName());
                fit = isFit(connection, timeout);
            }
            task.done();
            if (task.finish()) {
                if (!fit) {
                    tell(slot, task, false);
                }
                slot.weighed = new Weighing.Weighed(weight, ticker.nanos());
                ended(slot, task, fit, rested);
            }
        });
    }

    private boolean isFit(C connection, Duration timeout) {
        try {
            return pool.connector().check(connection, timeout);
        } catch (Throwable failure) { // a check that fails in any way says no
            return false;
        }
    }

    private void tell(Slot<C> slot, Task task, boolean fit) {
        long now = ticker.nanos();
        pool.publish(new PoolEvent.ConnectionChecked(
                pool.name(), now, slot.index(), fit, Duration.ofNanos(now - task.startedAt)));
    }

    private void checked(Slot<C> slot, Task task, boolean fit) {
        if (fit) {
            slot.checkedAt = ticker.nanos();
        }
        ended(slot, task, fit, false);
    }

    private void ended(Slot<C> slot, Task task, boolean fit, boolean rested) {
        end(slot, task);
        if (!fit) {
            unfit(slot);
            return;
        }
        stuck.answered(task);
        pool.supply().correctGrant(slot, slot.connection());
        while (true) {
            long word = slot.current();
            if (Slot.marked(word, Slot.DOOMED)) {
                pool.closer().close(slot, slot.reason);
                return;
            }
            boolean again = rested || Slot.marked(word, Slot.SUSPECT);
            if (slot.tryBecome(word, Slot.IDLE, again ? Slot.SAMPLE | Slot.RESTED : Slot.SAMPLE)) {
                if (again) {
                    rested();
                    pool.supply().meetDemand();
                }
                pool.becameIdle();
                return;
            }
        }
    }

    void unfit(Slot<C> slot) {
        failed.incrementAndGet();
        // What ended one connection may have ended its neighbours.
        suspectIdle();
        pool.closer().close(slot, CloseReason.UNFIT);
    }

    /** Marks idle connections for a check before they are lent; returns how many were marked. */
    private void suspectIdle() {
        for (Slot<C> slot : pool.slots()) {
            long word = slot.current();
            if (Slot.stateOf(word) == Slot.IDLE) {
                slot.tryMark(word, Slot.RESTED);
            }
        }
        rested();
    }

    /** Marks every connection that exists now for a check before it is lent again; returns how many. */
    int suspectAll() {
        suspicions.incrementAndGet();
        int marked = 0;
        for (Slot<C> slot : pool.slots()) {
            if (suspect(slot)) {
                marked++;
            }
        }
        rested();
        // Whoever waits may have been about to take what is now to be checked first.
        pool.supply().meetDemand();
        return marked;
    }

    /** Follows the slot through whatever it does in the meantime, until the mark is on it or its connection goes. */
    private boolean suspect(Slot<C> slot) {
        while (true) {
            long word = slot.current();
            int state = Slot.stateOf(word);
            if (state == Slot.IDLE) {
                if (slot.tryMark(word, Slot.RESTED)) {
                    return true;
                }
            } else if (Slot.isHeld(word) || state == Slot.CHECKING) {
                // A check under way may have had its answer before what made the connection suspect.
                if (slot.tryMark(word, Slot.SUSPECT)) {
                    return true;
                }
            } else {
                return false;
            }
        }
    }

    /** An idle connection was marked for a check. */
    void rested() {
        someRested = true;
    }

    /** A connect that began before its endpoint became suspect may have reached the server that failed. */
    void becomeIdle(Slot<C> slot, int suspicionsBefore) {
        boolean suspect = suspicions.get() != suspicionsBefore;
        slot.become(Slot.IDLE, suspect ? Slot.SAMPLE | Slot.RESTED : Slot.SAMPLE);
        if (suspect || (suspicions.get() != suspicionsBefore && suspect(slot))) {
            rested();
        }
    }

    /** A worker took too long. */
    void abandoned(Slot<C> slot, Task task) {
        tell(slot, task, false);
        end(slot, task);
        unfit(slot);
    }

    private void end(Slot<C> slot, Task task) {
        slot.task = null;
        stuck.ended(task);
        running.decrementAndGet();
    }

    /** How many checks are under way that a request may count on. */
    int promising() {
        return running.get() - stuck.overtaken();
    }

    /** Whether any check is under way. */
    boolean anyRunning() {
        return running.get() > 0;
    }

    StuckChecks<C> stuck() {
        return stuck;
    }

    /** How many said no. */
    long failed() {
        return failed.get();
    }

    int suspicions() {
        return suspicions.get();
    }
}
