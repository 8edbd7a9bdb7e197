package dev.weir.pool;

import dev.weir.event.CloseReason;
import dev.weir.event.LeakVerdict;
import dev.weir.event.PoolEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Judges leases that outlived the leak threshold, by evidence. Housekeeper's thread only, but for {@link #reported}.
 *
 * <p>The slot refers to its holder's handle strongly, which costs a borrower one store. Only when the lease is suspected
 * does a weak reference take its place, and the garbage collector then tells whether anybody still has the handle.
 */
final class Leaks<C> {

    private static final Duration STACKS_FOR = Duration.ofMinutes(2);

    private final Pool<C> pool;
    private final AtomicLong reported = new AtomicLong();
    private long stacksUntil;
    private boolean stacksWanted;

    Leaks(Pool<C> pool) {
        this.pool = pool;
    }

    void look(Slot<C> slot, long word, long held, PoolSettings settings) {
        LeakWatch watch = watch(slot, word);
        if (watch == null) {
            return;
        }
        LeakVerdict verdict = judge(slot, watch);
        if (!slot.isLeased(word)) {
            return;
        }
        if (watch.isNews(verdict)) {
            watch.reported(verdict);
            report(slot, word, held, verdict);
        }
        if (verdict == LeakVerdict.CERTAIN && settings.reclaimLeaks()) {
            pool.closer().reclaim(slot, word, CloseReason.LEAKED);
        }
    }

    private @Nullable LeakWatch watch(Slot<C> slot, long word) {
        Object holder = slot.holder;
        if (holder instanceof LeakWatch existing && existing.word() == word) {
            return existing;
        }
        LeakWatch watch = new LeakWatch(word, isOfAnotherLease(holder, word) ? null : holder);
        // A new holder announces itself after it has the slot, so it either fails this or overwrites it.
        return slot.isLeased(word) && slot.replaceHolder(holder, watch) ? watch : null;
    }

    /** A lease without a handle leaves that of the one before it in the slot; its loss would prove nothing. */
    private static boolean isOfAnotherLease(@Nullable Object holder, long word) {
        return holder instanceof LeakWatch || (holder instanceof Lease<?> lease && lease.word() != word);
    }

    private LeakVerdict judge(Slot<C> slot, LeakWatch watch) {
        C connection = slot.settled();
        if (connection != null && pool.connector().isBusy(connection)) {
            return LeakVerdict.SLOW;
        }
        Thread borrower = slot.borrower;
        boolean borrowerGone = borrower != null && !borrower.isAlive();
        return watch.isCollected() || borrowerGone ? LeakVerdict.CERTAIN : LeakVerdict.LIKELY;
    }

    private void report(Slot<C> slot, long word, long held, LeakVerdict verdict) {
        Thread borrower = slot.borrower;
        LeaseNote taken = slot.note;
        List<String> stack = List.of();
        if (taken != null && taken.word() == word && taken.trace() != null) {
            stack = taken.frames();
        } else {
            // Where it was taken is not known; the next ones will be.
            stacksWanted = true;
            if (borrower != null && borrower.isAlive()) {
                stack = LeaseNote.render(borrower.getStackTrace());
            }
        }
        if (verdict != LeakVerdict.SLOW) {
            reported.incrementAndGet();
            long current = slot.current();
            if ((current & ~Slot.MARK_BITS) == word) {
                slot.tryMark(current, Slot.REPORTED);
            }
        }
        String holder = Snapshots.describe(borrower);
        pool.publish(new PoolEvent.LeakDetected(
                pool.name(),
                pool.environment().ticker().nanos(),
                slot.index(),
                verdict,
                Duration.ofNanos(held),
                holder,
                stack));
    }

    void endPass(long now, PoolSettings settings) {
        if (stacksWanted) {
            stacksWanted = false;
            stacksUntil = now + STACKS_FOR.toNanos();
        }
        boolean armed = stacksUntil != 0 && stacksUntil - now > 0;
        pool.note(
                switch (settings.leakStacks()) {
                    case OFF -> LeakStacks.OFF;
                    case ALWAYS -> LeakStacks.ALWAYS;
                    case SAMPLED -> armed ? LeakStacks.ALWAYS : LeakStacks.SAMPLED;
                });
    }

    long reported() {
        return reported.get();
    }
}
