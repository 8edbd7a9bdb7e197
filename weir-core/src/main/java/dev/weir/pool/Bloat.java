package dev.weir.pool;

import dev.weir.event.CloseReason;
import dev.weir.event.PoolEvent;
import dev.weir.time.Ticker;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Retires the bloated, not the old: of the connections that hold more than they should, the one that holds most, one at a time.
 * Another is opened before it goes; only where the pool or its budget has no room for that it goes first, while the pool is not
 * short. On the housekeeper's thread.
 */
final class Bloat<C> {

    private final Pool<C> pool;
    private final Ticker ticker;

    /** What is to go, while its replacement is being opened. */
    private @Nullable Verdict<C> going;

    private @Nullable Slot<C> replacement;
    private boolean hasRetired;
    private long retiredAt;

    /** A bloated connection and the numbers that say so. */
    private record Verdict<C>(Slot<C> slot, C connection, long bytes, long limit, long youngest) {}

    Bloat(Pool<C> pool, Ticker ticker) {
        this.pool = pool;
        this.ticker = ticker;
    }

    void tick(MemoryWatch watch, long now) {
        Verdict<C> leaving = going;
        Slot<C> opening = replacement;
        if (leaving != null && opening != null) {
            int state = Slot.stateOf(opening.current());
            if (state == Slot.OPENING) {
                return;
            }
            going = null;
            replacement = null;
            if (state != Slot.VACANT && state != Slot.CLOSING) {
                retire(leaving, now);
            }
            return;
        }
        boolean pausing = hasRetired && now - retiredAt < watch.bloatPause().toNanos();
        if (pausing || pool.queue().size() > 0 || isOneLeaving()) {
            return;
        }
        Verdict<C> worst = worst(watch, now);
        if (worst == null) {
            return;
        }
        Slot<C> opened = pool.supply().openAnother();
        if (opened != null) {
            going = worst;
            replacement = opened;
        } else if (isFull() && idle() > (pool.supply().counts().size() == 1 ? 0 : 1)) {
            retire(worst, now);
        }
    }

    /** Whether no more may be opened; else one was turned away for a reason that passes. */
    private boolean isFull() {
        return pool.supply().counts().size() >= pool.supply().target()
                || pool.environment().budget().limitBytes() < Long.MAX_VALUE;
    }

    private int idle() {
        int idle = 0;
        for (Slot<C> slot : pool.slots()) {
            if (Slot.stateOf(slot.current()) == Slot.IDLE) {
                idle++;
            }
        }
        return idle;
    }

    private boolean isOneLeaving() {
        for (Slot<C> slot : pool.slots()) {
            if (slot.reason == CloseReason.BLOATED && Slot.marked(slot.current(), Slot.DOOMED)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Verdict<C> worst(MemoryWatch watch, long now) {
        long youngest = youngest(watch, now);
        long limit = limit(watch, youngest);
        Verdict<C> worst = null;
        for (Slot<C> slot : pool.slots()) {
            Weighing.Weighed weighed = slot.weighed;
            C connection = slot.settled();
            boolean leaves = Slot.marked(slot.current(), Slot.DOOMED) || Slot.stateOf(slot.current()) == Slot.CLOSING;
            if (weighed != null && connection != null && !leaves) {
                long bytes = weighed.weight().totalBytes();
                if (bytes > limit && (worst == null || bytes > worst.bytes())) {
                    worst = new Verdict<>(slot, connection, bytes, limit, youngest);
                }
            }
        }
        return worst;
    }

    /** What the youngest connection holds that is old enough to be an example; negative without one. */
    private long youngest(MemoryWatch watch, long now) {
        Slot<C> youngest = null;
        long bytes = -1;
        for (Slot<C> slot : pool.slots()) {
            Weighing.Weighed weighed = slot.weighed;
            boolean seasoned = now - slot.openedAt >= watch.seasoning().toNanos();
            if (weighed != null
                    && weighed.weight().isKnown()
                    && seasoned
                    && (youngest == null || slot.openedAt - youngest.openedAt > 0)) {
                youngest = slot;
                bytes = weighed.weight().totalBytes();
            }
        }
        return bytes;
    }

    private static long limit(MemoryWatch watch, long youngest) {
        long limit = watch.bloatBytes() == 0 ? Long.MAX_VALUE : watch.bloatBytes();
        if (watch.bloatFactor() > 0 && youngest >= 0) {
            double times = Math.max(youngest * watch.bloatFactor(), (double) youngest + watch.bloatLeast());
            limit = times >= limit ? limit : (long) times;
        }
        return limit;
    }

    private void retire(Verdict<C> verdict, long now) {
        if (verdict.slot().settled() != verdict.connection()) {
            return;
        }
        hasRetired = true;
        retiredAt = now;
        pool.publish(new PoolEvent.ConnectionBloated(
                pool.name(),
                ticker.nanos(),
                verdict.slot().index(),
                verdict.bytes(),
                verdict.limit(),
                verdict.youngest(),
                why(verdict)));
        pool.closer().doom(verdict.slot(), CloseReason.BLOATED);
    }

    private static String why(Verdict<?> verdict) {
        String than = verdict.youngest() < 0
                ? ""
                : String.format(
                        Locale.ROOT, "; the youngest seasoned connection of the pool holds %,d", verdict.youngest());
        return String.format(
                Locale.ROOT, "it holds %,d bytes, more than %,d%s", verdict.bytes(), verdict.limit(), than);
    }
}
