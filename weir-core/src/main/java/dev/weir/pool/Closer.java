package dev.weir.pool;

import dev.weir.event.CloseReason;
import dev.weir.event.PoolEvent;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings connections out of the pool: idle ones now, those in somebody's hands when they come back, all of them at the
 * end. A worker closes them, politely or by abort.
 */
final class Closer<C> {

    private final Pool<C> pool;
    private final PoolEnvironment environment;
    private final Ticker ticker;

    Closer(Pool<C> pool, PoolEnvironment environment) {
        this.pool = pool;
        this.environment = environment;
        this.ticker = environment.ticker();
    }

    /** Ends the connection of a slot that the caller owns. */
    void close(Slot<C> slot, CloseReason reason) {
        slot.reason = reason;
        slot.become(Slot.CLOSING, 0);
        end(slot, isPolite(reason));
    }

    /** Ends the connection of a slot that the caller has moved to CLOSING. */
    void closeClaimed(Slot<C> slot, CloseReason reason) {
        slot.reason = reason;
        end(slot, isPolite(reason));
    }

    /** Ends an idle connection, unless somebody takes it first. */
    boolean closeIfIdle(Slot<C> slot, CloseReason reason) {
        long word = slot.current();
        if (Slot.stateOf(word) != Slot.IDLE || !slot.tryBecome(word, Slot.CLOSING)) {
            return false;
        }
        closeClaimed(slot, reason);
        return true;
    }

    void closeIdle(CloseReason reason) {
        for (Slot<C> slot : pool.slots()) {
            closeIfIdle(slot, reason);
        }
    }

    /** Ends the idle connections that are picked; the word that was idle is the one that is moved. */
    int closeIdle(Predicate<? super C> which, CloseReason reason) {
        int going = 0;
        for (Slot<C> slot : pool.slots()) {
            long word = slot.current();
            C connection = slot.settled();
            if (Slot.stateOf(word) == Slot.IDLE
                    && connection != null
                    && which.test(connection)
                    && slot.tryBecome(word, Slot.CLOSING)) {
                closeClaimed(slot, reason);
                going++;
            }
        }
        return going;
    }

    /** Takes a leased connection from a holder that is certainly gone, and ends it. */
    boolean reclaim(Slot<C> slot, long word, CloseReason reason) {
        while (slot.isLeased(word)) {
            long current = slot.current();
            if ((current & ~Slot.MARK_BITS) == word && slot.tryBecome(current, Slot.CLOSING)) {
                closeClaimed(slot, reason);
                return true;
            }
        }
        return false;
    }

    /** Whether it is worth to take leave of a connection that goes for this reason. */
    private static boolean isPolite(CloseReason reason) {
        return reason != CloseReason.BROKEN && reason != CloseReason.UNFIT && reason != CloseReason.LEAKED;
    }

    private void end(Slot<C> slot, boolean politely) {
        Task task = new Task(SlotState.CLOSING, ticker.nanos());
        slot.task = task;
        C connection = slot.connection();
        pool.publish(new PoolEvent.ConnectionRetired(pool.name(), ticker.nanos(), slot.index(), slot.reason));
        environment.workers().execute(() -> {
            if (!task.startOn(Thread.currentThread())) {
                return;
            }
            String trouble = null;
            try {
                if (politely) {
                    pool.connector().close(connection);
                } else {
                    pool.connector().abort(connection);
                }
            } catch (Throwable failure) { // the connection goes all the same
                trouble = failure.toString();
                pool.connector().abort(connection);
            }
            task.done();
            if (task.finish()) {
                vacate(slot, trouble);
            }
        });
    }

    void vacate(Slot<C> slot, @Nullable String trouble) {
        long now = ticker.nanos();
        CloseReason reason = slot.reason;
        Duration age = Duration.ofNanos(now - slot.openedAt);
        int index = slot.index();
        pool.supply().left(slot);
        if (trouble != null) {
            pool.publish(new PoolEvent.CloseFailed(pool.name(), now, index, trouble));
        }
        pool.publish(new PoolEvent.ConnectionClosed(pool.name(), now, index, reason, age));
        pool.supply().meetDemand();
    }

    void evict(Eviction how) {
        for (Slot<C> slot : pool.slots()) {
            C doomed = doom(slot, CloseReason.EVICTED);
            if (doomed != null && how == Eviction.HARD) {
                pool.connector().abort(doomed);
            }
        }
        pool.supply().meetDemand();
    }

    /**
     * Marks a connection in somebody's hands to be ended when it comes back; an idle one is ended now.
     *
     * @return the connection, if it was marked in somebody's hands
     */
    @Nullable C doom(Slot<C> slot, CloseReason reason) {
        while (true) {
            long word = slot.current();
            if (Slot.stateOf(word) == Slot.IDLE) {
                if (closeIfIdle(slot, reason)) {
                    return null;
                }
            } else if (Slot.isHeld(word) || Slot.stateOf(word) == Slot.CHECKING) {
                // Read before the mark: once that is on, the holder may go on to another connection at once.
                C connection = slot.settled();
                slot.reason = reason;
                if (slot.tryMark(word, Slot.DOOMED)) {
                    return Slot.isHeld(word) ? connection : null;
                }
            } else {
                return null;
            }
        }
    }

    /** Connections that are not on their way out, those being opened included. */
    int staying() {
        int staying = 0;
        for (Slot<C> slot : pool.slots()) {
            long word = slot.current();
            int state = Slot.stateOf(word);
            if (state != Slot.VACANT && state != Slot.CLOSING && !Slot.marked(word, Slot.DOOMED)) {
                staying++;
            }
        }
        return staying;
    }

    /** Ends connections above the maximum: idle ones now, highest slots first, then leased ones as they return. */
    void shrink() {
        int excess = staying() - pool.settings().max();
        Slot<C>[] slots = pool.slots();
        for (int i = slots.length - 1; i >= 0 && excess > 0; i--) {
            if (closeIfIdle(slots[i], CloseReason.SHRUNK)) {
                excess--;
            }
        }
        for (int i = slots.length - 1; i >= 0 && excess > 0; i--) {
            long word = slots[i].current();
            if (Slot.isHeld(word) && !Slot.marked(word, Slot.DOOMED)) {
                doom(slots[i], CloseReason.SHRUNK);
                excess--;
            }
        }
    }

    void cancelLeased() {
        for (Slot<C> slot : pool.slots()) {
            C connection = slot.settled();
            if (connection != null && Slot.isHeld(slot.current())) {
                environment.workers().execute(() -> cancel(connection));
            }
        }
    }

    private void cancel(C connection) {
        try {
            pool.connector().cancel(connection);
        } catch (Exception failure) {
            // It runs on; the abort that follows ends it.
            pool.publish(new PoolEvent.CloseFailed(pool.name(), ticker.nanos(), -1, "cancel: " + failure));
        }
    }

    void abortLeased() {
        for (Slot<C> slot : pool.slots()) {
            long word = slot.current();
            while (Slot.isHeld(word)) {
                slot.reason = CloseReason.SHUTDOWN;
                if (slot.tryBecome(word, Slot.CLOSING)) {
                    end(slot, false);
                }
                word = slot.current();
            }
        }
    }
}
