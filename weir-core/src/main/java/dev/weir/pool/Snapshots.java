package dev.weir.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a pool looks like. */
final class Snapshots {

    private Snapshots() {}

    static <C> PoolSnapshot of(Pool<C> pool) {
        long now = pool.environment().ticker().nanos();
        PoolSettings settings = pool.settings();
        Supply.Counts counts = pool.supply().counts();
        int[] states = new int[SlotState.values().length];
        List<PoolSnapshot.Holder> holders = new ArrayList<>();
        // Before the epochs: a lease that is passed back meanwhile is then not taken off before it was counted.
        long leases = -pool.queue().statistics().passedBacks();
        for (Slot<C> slot : pool.slots()) {
            long word = slot.current();
            leases += Slot.epochOf(word);
            states[Slot.stateOf(word)]++;
            Thread borrower = slot.borrower;
            if (Slot.stateOf(word) == Slot.LEASED) {
                long held = slot.seenWord == (word & ~Slot.MARK_BITS) ? now - slot.seenAt : 0;
                holders.add(
                        new PoolSnapshot.Holder(slot.index(), describe(borrower), Duration.ofNanos(Math.max(0, held))));
            }
        }
        holders.sort(Comparator.comparing(PoolSnapshot.Holder::heldAtLeast).reversed());
        WaitStatistics waits = pool.queue().statistics();
        int leased = states[Slot.LEASED] + states[Slot.RETURNING];
        return new PoolSnapshot(
                pool.name(),
                settings.min(),
                settings.max(),
                pool.supply().target(),
                counts.opening(),
                states[Slot.IDLE] + states[Slot.CHECKING],
                leased,
                states[Slot.CLOSING],
                pool.queue().size(),
                Duration.ofNanos(Math.max(0, now - pool.queue().oldestSince(now))),
                new PoolSnapshot.Totals(
                        leases,
                        waits.waits(),
                        waits.rejections(),
                        waits.timeouts(),
                        waits.interrupts(),
                        counts.opened(),
                        counts.closed(),
                        counts.connectFailures(),
                        pool.checks().failed(),
                        pool.caretaker().leaksReported(),
                        pool.caretaker().scalings(),
                        peakLeased(leased, leases, pool.caretaker()),
                        pool.queue().peak()),
                waits.times(leases),
                pool.account().grantedBytes(),
                pool.supply().lastFailure(),
                holders.subList(0, Math.min(PoolSnapshot.MAX_HOLDERS, holders.size())),
                (pool.gate() & Pool.SUSPENDED) != 0,
                pool.isShut());
    }

    /** The most seen at once: the housekeeper may have looked only while nothing was lent, though something was. */
    private static int peakLeased(int leased, long leases, Caretaker<?> caretaker) {
        int seen = Math.max(leased, caretaker.peakLeased());
        return leases > 0 ? Math.max(1, seen) : seen;
    }

    static <C> List<SlotView> slots(Pool<C> pool) {
        long now = pool.environment().ticker().nanos();
        List<SlotView> views = new ArrayList<>();
        for (Slot<C> slot : pool.slots()) {
            long word = slot.current();
            SlotState state = Slot.stateName(word);
            if (state == SlotState.VACANT) {
                continue;
            }
            long seen = slot.seenWord == (word & ~Slot.MARK_BITS) ? now - slot.seenAt : 0;
            boolean held = Slot.isHeld(word);
            views.add(new SlotView(
                    slot.index(),
                    state,
                    Duration.ofNanos(state == SlotState.OPENING ? 0 : Math.max(0, now - slot.openedAt)),
                    Duration.ofNanos(Math.max(0, seen)),
                    Slot.epochOf(word),
                    slot.granted,
                    held ? describe(slot.borrower) : null,
                    held && Slot.marked(word, Slot.DOOMED),
                    held && Slot.marked(word, Slot.REPORTED)));
        }
        return views;
    }

    static <C> ManagedPool.MeasuredConnections measured(Pool<C> pool) {
        int connections = 0;
        long bytes = 0;
        for (Slot<C> slot : pool.slots()) {
            C connection = slot.settled();
            Long measured = connection == null ? null : known(slot, connection);
            if (measured != null) {
                connections++;
                bytes += measured;
            }
        }
        return new ManagedPool.MeasuredConnections(connections, bytes);
    }

    private static <C> @Nullable Long known(Slot<C> slot, C connection) {
        Long exact = measured(slot.pool(), connection);
        Weighing.Weighed weighed = slot.weighed;
        return exact != null || weighed == null || weighed.weight().driverBytes() < 0
                ? exact
                : Long.valueOf(weighed.weight().driverBytes());
    }

    /** What a connection is known to use; a probe that fails or answers nonsense knows nothing. */
    static <C> @Nullable Long measured(Pool<C> pool, C connection) {
        try {
            Long bytes = pool.connector().measuredBytes(connection);
            return bytes == null || bytes < 0 ? null : bytes;
        } catch (RuntimeException failure) {
            return null;
        }
    }

    static long leases(Pool<?> pool) {
        long leases = 0;
        for (Slot<?> slot : pool.slots()) {
            leases += Slot.epochOf(slot.current());
        }
        return leases;
    }

    /** A thread's name; virtual threads mostly have none, so their number. An asynchronous lease has no thread. */
    static String describe(@Nullable Thread thread) {
        if (thread == null) {
            return "an asynchronous request";
        }
        String name = thread.getName();
        return name.isEmpty() ? "thread " + thread.getId() : name;
    }
}
