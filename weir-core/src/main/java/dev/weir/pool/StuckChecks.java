package dev.weir.pool;

import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds checks that are not worth waiting for while requests wait: where a network has forgotten a connection without a
 * word, its check hangs for the whole time limit, though a new connection would work at once.
 *
 * <p>A check that takes much longer than checks take is overtaken: it goes on, but no request counts on it. It is given
 * up once something that began later has had its answer, for then the server lives and this connection does not. Where
 * nothing has, a server that stands still looks the same. A connect beside the checks tells them apart; in a full pool
 * one connection is given up to make room for it, and no second one until it has ended.
 */
final class StuckChecks<C> {

    /** The least time that a check has, in nanoseconds. */
    static final long PATIENCE = Duration.ofMillis(50).toNanos();

    /** What it has after that, in nanoseconds: when it was this process that stood still, the answer is there by then. */
    static final long SECOND_LOOK = PATIENCE / 4;

    private static final int TIMES_THE_USUAL = 8;
    /** A connect takes several answers where a check takes one. */
    private static final int ANSWERS_TO_CONNECT = 4;

    private final Pool<C> pool;
    private final Ticker ticker;
    private final Housekeeper housekeeper;
    private final AtomicInteger overtaken = new AtomicInteger();

    /** What a check took lately, or may take as far as a connect tells, in nanoseconds; roughly, for workers race to note it. */
    private volatile long usual;

    /** When the latest of all that were answered began. */
    private volatile long provenSince;

    /** One connection was given up to see whether a new one works. Guarded by the queue's lock. */
    private boolean trying;

    StuckChecks(Pool<C> pool, PoolEnvironment environment) {
        this.pool = pool;
        this.ticker = environment.ticker();
        this.housekeeper = environment.housekeeper();
        this.provenSince = ticker.nanos();
    }

    /** How many checks are not waited for any more. */
    int overtaken() {
        return overtaken.get();
    }

    /** How long a check is waited for while requests wait, in nanoseconds. */
    long patience() {
        return Math.max(PATIENCE, TIMES_THE_USUAL * usual);
    }

    /** A check begins for which requests wait. */
    void begins() {
        housekeeper.wakeBy(ticker.nanos() + patience());
    }

    /** A check or a weighing has had its answer. */
    void answered(Task task) {
        if (!task.weighs) {
            long took = ticker.nanos() - task.startedAt;
            usual = Math.max(took, usual - usual / TIMES_THE_USUAL);
        }
        proven(task);
    }

    /** A check is over, in whatever way. */
    void ended(Task task) {
        if (task.wasOvertaken()) {
            overtaken.decrementAndGet();
        }
    }

    /** A connect has succeeded. Under the queue's lock. */
    void connected(Task task, long took) {
        if (usual == 0) {
            usual = took / ANSWERS_TO_CONNECT;
        }
        proven(task);
        trying = false;
    }

    /** A connect has failed, or nobody waits any more. Under the queue's lock. */
    void stopTrying() {
        trying = false;
    }

    private void proven(Task task) {
        if (task.startedAt - provenSince > 0) {
            provenSince = task.startedAt;
        }
    }

    /**
     * Looks at the checks under way while requests wait, and returns those to be given up now. Under the queue's lock.
     *
     * @param noRoom whether no connect is under way and none may start
     */
    List<Slot<C>> hopeless(boolean noRoom) {
        long now = ticker.nanos();
        long patience = patience();
        long next = Long.MAX_VALUE;
        List<Slot<C>> hopeless = new ArrayList<>(0);
        Slot<C> oldest = null;
        long longest = 0;
        for (Slot<C> slot : pool.slots()) {
            Task task = slot.task;
            if (task == null || task.during != SlotState.CHECKING || !task.hasBegun()) {
                continue;
            }
            long age = now - task.startedAt;
            long left = age < patience ? patience - age : secondLook(task, now);
            if (left > 0) {
                next = Math.min(next, left);
            } else if (!task.weighs && provenSince - task.startedAt > 0) {
                hopeless.add(slot);
            } else if (!task.weighs && age > longest) {
                longest = age;
                oldest = slot;
            }
        }
        if (oldest != null && hopeless.isEmpty() && noRoom && !trying) {
            trying = true;
            hopeless.add(oldest);
        }
        if (next != Long.MAX_VALUE) {
            housekeeper.wakeBy(now + next);
        }
        return hopeless;
    }

    /** How long an overtaken check is left alone, in nanoseconds; overtakes it if it was not. */
    private long secondLook(Task task, long now) {
        if (task.overtake(now)) {
            overtaken.incrementAndGet();
        }
        return SECOND_LOOK - (now - task.overtakenAt());
    }
}
