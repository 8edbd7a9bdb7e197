package dev.weir.pool;

import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Has the idle connections of one pool weighed, a few at a time, and lets their grants follow. {@link #tick} runs on the housekeeper's
 * thread, the weighing on workers.
 */
final class Weighing<C> {

    /** A connection may be the pool's last idle one if it has rested so long. */
    private static final long RESTS = Duration.ofSeconds(1).toNanos();

    /** What a connection was found to hold, and when; another connection of its slot has none. */
    record Weighed(ConnectionWeight weight, long nanos) {}

    private final Pool<C> pool;
    private final Ticker ticker;

    /** What is wanted; {@code null} while nobody watches, so that most pools pay for no more than this. */
    private volatile @Nullable Watching<C> watching;

    private record Watching<C>(MemoryWatch watch, Bloat<C> bloat) {}

    Weighing(Pool<C> pool, Ticker ticker) {
        this.pool = pool;
        this.ticker = ticker;
    }

    void watch(@Nullable MemoryWatch wanted) {
        watching = wanted == null ? null : new Watching<>(wanted, new Bloat<>(pool, ticker));
    }

    private @Nullable MemoryWatch watch() {
        Watching<C> now = watching;
        return now == null ? null : now.watch();
    }

    void tick(long now) {
        Watching<C> wanted = watching;
        if (wanted == null || pool.isShut() || !weighs(wanted.watch())) {
            return;
        }
        if (pool.queue().size() == 0) {
            start(wanted.watch(), now);
        }
        wanted.bloat().tick(wanted.watch(), now);
    }

    private boolean weighs(MemoryWatch wanted) {
        return wanted.driverWeigher() != null || pool.connector().weighsServer();
    }

    private void start(MemoryWatch wanted, long now) {
        int free = wanted.perPass();
        int idle = 0;
        List<Slot<C>> due = new ArrayList<>();
        for (Slot<C> slot : pool.slots()) {
            Task task = slot.task;
            if (task != null && task.during == SlotState.CHECKING) {
                free--;
            }
            if (Slot.stateOf(slot.current()) == Slot.IDLE) {
                idle++;
                if (isDue(slot, wanted, now)) {
                    due.add(slot);
                }
            }
        }
        for (Slot<C> slot : due) {
            if (free <= 0) {
                return;
            }
            long word = slot.current();
            boolean spare = idle > 1 || now - slot.seenAt >= RESTS;
            if (spare && Slot.stateOf(word) == Slot.IDLE && slot.tryBecome(word, Slot.CHECKING)) {
                free--;
                idle--;
                pool.checks().weigh(slot, Slot.marked(word, Slot.RESTED));
            }
        }
    }

    private static boolean isDue(Slot<?> slot, MemoryWatch wanted, long now) {
        Weighed last = slot.weighed;
        return last == null || now - last.nanos() >= wanted.interval().toNanos();
    }

    /** Weighs a connection that the caller owns; on a worker. */
    ConnectionWeight weigh(Slot<C> slot, Duration timeout) throws Exception {
        MemoryWatch wanted = watch();
        C connection = slot.connection();
        ConnectionWeight weight = pool.connector().weighServer(connection, timeout);
        ToLongBiFunction<Object, @Nullable Object> driver = wanted == null ? null : wanted.driverWeigher();
        return driver == null ? weight : weight.withDriverBytes(driver.applyAsLong(connection, sibling(slot)));
    }

    private @Nullable C sibling(Slot<C> slot) {
        for (Slot<C> other : pool.slots()) {
            C connection = other == slot ? null : other.settled();
            if (connection != null) {
                return connection;
            }
        }
        return null;
    }

    /** What a connection in this slot should be granted; the slot is the caller's. */
    long nextGrant(Slot<C> slot, @Nullable Long exact) {
        MemoryWatch wanted = watch();
        Weighed weighed = slot.weighed;
        if (wanted == null || weighed == null) {
            return exact == null ? slot.granted : exact;
        }
        ConnectionWeight weight = weighed.weight();
        long estimate = pool.connector().estimatedBytes();
        long server = wanted.chargeServer() ? Math.max(0, weight.serverBytes()) : 0;
        if (exact != null && server == 0) {
            return exact;
        }
        if (exact == null && weight.driverBytes() < 0 && server == 0) {
            return slot.granted;
        }
        long local = exact != null ? exact : weight.driverBytes() >= 0 ? weight.driverBytes() : estimate;
        return GrantSteps.next(slot.granted, local + server, estimate / 2);
    }

    /** The weights of the connections that are open now and have been weighed. */
    List<SlotWeight> weights() {
        long now = ticker.nanos();
        List<SlotWeight> weights = new ArrayList<>();
        for (Slot<C> slot : pool.slots()) {
            Weighed weighed = slot.weighed;
            if (weighed != null && slot.settled() != null) {
                weights.add(new SlotWeight(
                        slot.index(),
                        Duration.ofNanos(Math.max(0, now - slot.openedAt)),
                        Duration.ofNanos(Math.max(0, now - weighed.nanos())),
                        weighed.weight()));
            }
        }
        return weights;
    }
}
