package dev.weir.pool;

import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.AcquireException.Reason;
import dev.weir.pool.Waiter.Refusal;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The requests that found nothing idle, in order of arrival, and the rules by which returning slots reach them.
 *
 * <p>What a releaser owes the queue stands in the pool's gate, which it reads after its slot has become idle:
 *
 * <ul>
 *   <li><b>nothing</b>: nobody waits, or the head has been woken and is on its way;
 *   <li><b>wake</b>: unpark the head, which then competes with newcomers for whatever is idle;
 *   <li><b>FIFO</b>: hand an idle slot to the head; newcomers queue. Set once the head has lost its {@link Patience}, and
 *       always for an asynchronous head, which cannot compete.
 * </ul>
 *
 * <p>No wake-up is lost: a waiter first sets the gate and then looks for an idle slot, a releaser first makes its slot
 * idle and then reads the gate; one of them must see the other. Whoever makes somebody else the head does both on the new
 * head's behalf. Barging keeps throughput, as nobody waits for a sleeper to wake up; FIFO bounds the wait. Go's mutex
 * tells its normal and starvation modes apart in the same way.
 */
final class WaitQueue<C> {

    private final Pool<C> pool;
    private final Ticker ticker;
    final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Waiter<C> head;
    private @Nullable Waiter<C> tail;
    private volatile int size;
    private int peak;
    private int heldByWaiters;
    private final DelayTarget delayTarget = new DelayTarget();
    private final WaitStatistics statistics = new WaitStatistics();
    private final Patience patience = new Patience();

    WaitQueue(Pool<C> pool, Ticker ticker) {
        this.pool = pool;
        this.ticker = ticker;
    }

    int size() {
        return size;
    }

    int peak() {
        return peak;
    }

    WaitStatistics statistics() {
        return statistics;
    }

    long oldestSince(long now) {
        Waiter<C> first = head;
        return first == null ? now : first.since;
    }

    /** Waits in the queue for a slot; the calling thread's request. */
    Slot<C> await(long timeoutNanos) {
        long now = ticker.nanos();
        Waiter<C> waiter = new Waiter<>(null, now, deadline(now, timeoutNanos));
        enqueue(waiter);
        while (true) {
            Object outcome = waiter.outcome;
            if (outcome != null) {
                return resolved(waiter, outcome);
            }
            if (head == waiter && arm(waiter)) {
                Slot<C> slot = pool.takeFit(waiter.thread);
                if (slot != null) {
                    return settle(waiter, slot);
                }
            }
            long left = waiter.deadline - ticker.nanos();
            if (left <= 0) {
                if (!wasJustWoken(waiter) && withdraw(waiter)) {
                    throw timedOut(waiter);
                }
            } else if (Thread.interrupted()) {
                throw interrupted(waiter);
            } else if (waiter.outcome == null) {
                ticker.park(pool, left);
            }
        }
    }

    /** A releaser has paid the head since its last look: something is idle that it has not seen. */
    private boolean wasJustWoken(Waiter<C> waiter) {
        return head == waiter && (pool.gate() & Pool.OWED) == 0;
    }

    /** Puts a request in the queue, or refuses it; then sees that it is met. */
    void enqueue(Waiter<C> waiter) {
        List<Waiter<C>> resolved = new ArrayList<>(1);
        boolean deadlocked;
        lock.lock();
        try {
            int gate = pool.gate();
            if ((gate & Pool.SHUT) != 0) {
                resolve(waiter, new Refusal(Reason.SHUT_DOWN, "The pool is shut down", null), resolved);
            } else {
                admit(waiter, resolved);
            }
            deadlocked = waiter.queued && pool.supply().isExhausted(heldByWaiters);
        } finally {
            lock.unlock();
        }
        announce(resolved);
        if (waiter.queued) {
            pool.supply().meetDemand();
            serveIfOwed();
        }
        if (deadlocked) {
            pool.publishDeadlock(waitingHolders());
        }
    }

    private void admit(Waiter<C> waiter, List<Waiter<C>> resolved) {
        PoolSettings settings = pool.settings();
        if (settings.queuePolicy() == QueuePolicy.DELAY_TARGET) {
            shed(settings, waiter.since, resolved);
        }
        if (size >= settings.maxWaiters()) {
            Refusal full = new Refusal(Reason.QUEUE_FULL, "Connection queue full - request rejected", null);
            if (settings.queuePolicy() != QueuePolicy.REJECT_OLDEST) {
                resolve(waiter, full, resolved);
                return;
            }
            Waiter<C> oldest = head;
            if (oldest != null) {
                unlink(oldest);
                resolve(oldest, full, resolved);
            }
        }
        link(waiter);
        setGate(waiter.since);
    }

    private void shed(PoolSettings settings, long now, List<Waiter<C>> resolved) {
        Waiter<C> first = head;
        if (first == null) {
            delayTarget.calm();
            return;
        }
        long target = settings.delayTarget().toNanos();
        if (!delayTarget.isOverloaded(
                now, now - first.since, target, settings.delayInterval().toNanos())) {
            return;
        }
        while (first != null && now - first.since > target) {
            unlink(first);
            resolve(first, new Refusal(Reason.SHED, "Connection queue over its delay target", null), resolved);
            first = head;
        }
    }

    /** Tells releasers what the head wants; false if the request may not take anything now. */
    private boolean arm(Waiter<C> waiter) {
        lock.lock();
        try {
            if (head == waiter) {
                setGate(ticker.nanos());
            }
            return (pool.gate() & (Pool.SUSPENDED | Pool.SHUT)) == 0 && waiter.outcome == null;
        } finally {
            lock.unlock();
        }
    }

    /** The head found a slot by itself. */
    private Slot<C> settle(Waiter<C> waiter, Slot<C> slot) {
        Object outcome;
        lock.lock();
        try {
            outcome = waiter.outcome;
            if (outcome == null) {
                unlink(waiter);
                setGate(ticker.nanos());
            }
        } finally {
            lock.unlock();
        }
        if (outcome != null) {
            passBack(slot);
            return resolved(waiter, outcome);
        }
        statistics.waited(ticker.nanos() - waiter.since);
        serveIfOwed();
        tellWaited(waiter, slot);
        return slot;
    }

    private void passBack(Slot<C> slot) {
        statistics.passedBack();
        slot.note = null;
        pool.giveBack(slot, slot.word());
    }

    /** Takes a request that gives up out of the queue; false if it was resolved before. */
    boolean withdraw(Waiter<C> waiter) {
        lock.lock();
        try {
            if (waiter.outcome != null || !waiter.queued) {
                return false;
            }
            unlink(waiter);
            setGate(ticker.nanos());
        } finally {
            lock.unlock();
        }
        serveIfOwed();
        return true;
    }

    /** Pays what the gate says is owed; to be called after a slot has become idle. */
    void serve() {
        while (true) {
            int gate = pool.gate();
            if ((gate & (Pool.SUSPENDED | Pool.SHUT)) != 0 || (gate & Pool.OWED) == 0) {
                return;
            }
            if ((gate & Pool.FIFO) != 0) {
                handOver();
                if ((pool.gate() & Pool.FIFO) == 0 || !pool.hasFit()) {
                    return;
                }
            } else if (pool.moveGate(gate, gate & ~Pool.WAKE)) {
                Waiter<C> first = head;
                if (first != null) {
                    LockSupport.unpark(first.thread);
                }
                return;
            }
        }
    }

    private void serveIfOwed() {
        if ((pool.gate() & Pool.OWED) != 0 && pool.hasFit()) {
            serve();
        }
    }

    private void handOver() {
        List<Waiter<C>> resolved = new ArrayList<>(2);
        lock.lock();
        try {
            long now = ticker.nanos();
            Waiter<C> first = head;
            while (first != null && (pool.gate() & Pool.SUSPENDED) == 0) {
                Slot<C> slot = pool.takeFit(first.thread);
                if (slot == null) {
                    break;
                }
                unlink(first);
                resolve(first, slot, resolved);
                statistics.waited(now - first.since);
                patience.handedOver(now);
                first = head;
            }
            setGate(now);
        } finally {
            lock.unlock();
        }
        announce(resolved);
    }

    /** Refuses every request in the queue. */
    void refuseAll(Reason reason, String what, @Nullable Throwable cause) {
        List<Waiter<C>> resolved = new ArrayList<>();
        lock.lock();
        try {
            for (Waiter<C> first = head; first != null; first = head) {
                unlink(first);
                resolve(first, new Refusal(reason, what, cause), resolved);
            }
            setGate(ticker.nanos());
        } finally {
            lock.unlock();
        }
        announce(resolved);
    }

    /** Refuses the asynchronous requests whose deadline has passed; threads watch their own. */
    void expireAsync(long now) {
        if (head == null) {
            return;
        }
        List<Waiter<C>> resolved = new ArrayList<>(1);
        long soonest = Long.MAX_VALUE;
        lock.lock();
        try {
            Waiter<C> next;
            for (Waiter<C> waiter = head; waiter != null; waiter = next) {
                next = waiter.next;
                if (waiter.isAsync()) {
                    long left = waiter.deadline - now;
                    if (left <= 0) {
                        unlink(waiter);
                        resolve(waiter, new Refusal(Reason.TIMEOUT, "", null), resolved);
                    } else {
                        soonest = Math.min(soonest, left);
                    }
                }
            }
            setGate(now);
        } finally {
            lock.unlock();
        }
        if (soonest != Long.MAX_VALUE) {
            // What was asked for beyond this pass has been forgotten with it.
            pool.environment().housekeeper().wakeBy(now + soonest);
        }
        announce(resolved);
        serveIfOwed();
    }

    private Slot<C> resolved(Waiter<C> waiter, Object outcome) {
        if (outcome instanceof Refusal refusal) {
            throw refuse(waiter, refusal);
        }
        @SuppressWarnings("unchecked") // an outcome is a refusal or a slot of this pool
        Slot<C> slot = (Slot<C>) outcome;
        slot.noteIfRequested();
        tellWaited(waiter, slot);
        return slot;
    }

    /** On the thread of a request that waited, and with no lock held. */
    void tellWaited(Waiter<C> waiter, Slot<C> slot) {
        EventStream events = pool.environment().events();
        if (events.hasLeaseListeners()) {
            events.publishWaited(pool.name(), slot.index(), ticker.nanos() - waiter.since);
        }
    }

    AcquireException refuse(Waiter<C> waiter, Refusal refusal) {
        if (refusal.reason() == Reason.TIMEOUT) {
            return timedOut(waiter);
        }
        PoolSnapshot snapshot = pool.snapshot();
        if (refusal.reason() == Reason.QUEUE_FULL || refusal.reason() == Reason.SHED) {
            statistics.rejected();
            pool.publish(new PoolEvent.Rejected(pool.name(), ticker.nanos(), refusal.what(), snapshot.waiting()));
        }
        return new AcquireException(refusal.reason(), refusal.what(), snapshot, refusal.cause());
    }

    private AcquireException timedOut(Waiter<C> waiter) {
        statistics.timedOut();
        long waited = ticker.nanos() - waiter.since;
        PoolSnapshot snapshot = pool.snapshot();
        pool.publish(new PoolEvent.TimedOut(pool.name(), ticker.nanos(), Duration.ofNanos(waited), snapshot.waiting()));
        return new AcquireException(
                Reason.TIMEOUT,
                "No connection within " + waited / 1_000_000 + " ms",
                snapshot,
                snapshot.lastConnectFailure());
    }

    private AcquireException interrupted(Waiter<C> waiter) {
        if (!withdraw(waiter) && waiter.outcome instanceof Slot<?>) {
            passBack(resolved(waiter, waiter.outcome));
        }
        Thread.currentThread().interrupt();
        statistics.interrupted();
        return new AcquireException(
                Reason.INTERRUPTED, "Interrupted while waiting", pool.snapshot(), new InterruptedException());
    }

    // What follows runs under the lock.

    private void resolve(Waiter<C> waiter, Object outcome, List<Waiter<C>> resolved) {
        waiter.outcome = outcome;
        resolved.add(waiter);
    }

    private void link(Waiter<C> waiter) {
        waiter.held = pool.heldBy(waiter.thread);
        heldByWaiters += waiter.held;
        waiter.queued = true;
        Waiter<C> last = tail;
        waiter.previous = last;
        tail = waiter;
        if (last == null) {
            head = waiter;
        } else {
            last.next = waiter;
        }
        int now = size + 1;
        size = now;
        peak = Math.max(peak, now);
    }

    private void unlink(Waiter<C> waiter) {
        Waiter<C> before = waiter.previous;
        Waiter<C> after = waiter.next;
        if (before == null) {
            head = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            tail = before;
        } else {
            after.previous = before;
        }
        waiter.previous = null;
        waiter.next = null;
        waiter.queued = false;
        heldByWaiters -= waiter.held;
        int now = size - 1;
        size = now;
    }

    private void setGate(long now) {
        Waiter<C> first = head;
        if (first == null) {
            patience.compete();
            pool.setOwed(0);
        } else if (first.isAsync() || now - first.since >= patience.nanos(size, pool.slots().length)) {
            pool.setOwed(Pool.FIFO);
        } else {
            patience.compete();
            pool.setOwed(Pool.WAKE);
        }
    }

    private List<String> waitingHolders() {
        List<Thread> threads = new ArrayList<>();
        lock.lock();
        try {
            for (Waiter<C> waiter = head; waiter != null; waiter = waiter.next) {
                if (waiter.held > 0) {
                    threads.add(waiter.thread);
                }
            }
        } finally {
            lock.unlock();
        }
        List<String> described = new ArrayList<>();
        for (Thread thread : threads) {
            described.add(thread.getName() + "\n    at "
                    + String.join("\n    at ", LeaseNote.render(thread.getStackTrace())));
        }
        return described;
    }

    // And this after it.

    private void announce(List<Waiter<C>> resolved) {
        for (Waiter<C> waiter : resolved) {
            if (waiter.isAsync()) {
                pool.complete(waiter);
            } else {
                LockSupport.unpark(waiter.thread);
            }
        }
    }

    private static long deadline(long now, long timeoutNanos) {
        long deadline = now + Math.max(0, timeoutNanos);
        return deadline - now < 0 ? now + Long.MAX_VALUE : deadline;
    }
}
