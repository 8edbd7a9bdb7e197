package dev.weir.pool;

import dev.weir.event.CloseReason;
import dev.weir.event.PoolEvent;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the housekeeper does for one pool at each pass, in this order: expire asynchronous requests, abandon what hangs,
 * look at each slot (retire the old, retire the idle, check the resting, suspect leaks), scale, refill.
 *
 * <p>Borrowers read no clock; this infers their times. A slot whose word is the same as at an earlier pass has been
 * leased, or has rested, since then at least. Runs on the housekeeper's thread only, but for {@link #returned} and
 * {@link #scaled}.
 */
final class Caretaker<C> implements Housekeeper.Chores {

    private final Pool<C> pool;
    private final Supply<C> supply;
    private final Ticker ticker;
    private final Connector.Worker worker;
    private final Leaks<C> leaks;
    private final Spread spread = new Spread();
    private final Scaler scaler;
    private long reapedAt;
    private final AtomicLong scalings = new AtomicLong();
    private volatile int peakLeased;

    Caretaker(Pool<C> pool, PoolEnvironment environment) {
        this.pool = pool;
        this.supply = pool.supply();
        this.ticker = environment.ticker();
        this.worker = work -> {
            environment.workers().execute(work);
            return true;
        };
        this.leaks = new Leaks<>(pool);
        this.reapedAt = ticker.nanos();
        this.scaler = new Scaler(reapedAt);
    }

    @Override
    public void tick(long now) {
        PoolSettings settings = pool.settings();
        pool.queue().expireAsync(now);
        boolean reap = now - reapedAt >= settings.reapInterval().toNanos();
        if (reap) {
            reapedAt = now;
        }
        int leased = 0;
        boolean retired = false;
        spread.startPass(pool);
        Slot<C>[] slots = pool.slots();
        for (int i = slots.length - 1; i >= 0; i--) {
            Slot<C> slot = slots[i];
            supply.abandonOverdue(slot, now, settings);
            long word = slot.current();
            int state = Slot.stateOf(word);
            if (state == Slot.IDLE) {
                see(slot, word, now);
                if (!retired && now - slot.retireAt >= 0) {
                    retired = pool.closer().closeIfIdle(slot, CloseReason.LIFETIME);
                } else {
                    lookAfterIdle(slot, word, now, settings, reap);
                }
            } else if (state == Slot.LEASED) {
                leased++;
                see(slot, word, now);
                lookAfterLeased(slot, word, now, settings);
            } else if (state == Slot.RETURNING) {
                inspect(slot, now);
            }
        }
        peakLeased = Math.max(peakLeased, leased);
        pool.spreadOver(spread.endPass(slots.length));
        leaks.endPass(now, settings);
        if (reap) {
            pool.closer().shrink();
        }
        scale(now, settings, leased);
        supply.meetDemand();
        pool.weighing().tick(now);
    }

    private void see(Slot<C> slot, long word, long now) {
        long unmarked = word & ~Slot.MARK_BITS;
        if (slot.seenWord != unmarked) {
            if (Slot.epochOf(slot.seenWord) != Slot.epochOf(word)) {
                spread.used(slot.index());
            }
            slot.seenWord = unmarked;
            slot.seenAt = now;
            if (Slot.stateOf(word) == Slot.IDLE && !Slot.marked(word, Slot.SAMPLE)) {
                slot.tryMark(word, Slot.SAMPLE);
            }
        }
    }

    private void lookAfterIdle(Slot<C> slot, long word, long now, PoolSettings settings, boolean reap) {
        long rested = now - slot.seenAt;
        long idleTimeout = settings.idleTimeout().toNanos();
        if (reap && idleTimeout > 0 && rested >= idleTimeout) {
            int size = pool.closer().staying();
            if (size > settings.min()) {
                if (pool.closer().closeIfIdle(slot, CloseReason.IDLE)) {
                    scaled(size, size - 1, "a connection was idle for " + settings.idleTimeout());
                }
                return;
            }
        }
        long unchecked = Math.min(rested, now - slot.checkedAt);
        long healthCheck = settings.healthCheckInterval().toNanos();
        if (healthCheck > 0 && unchecked >= healthCheck) {
            long current = slot.current();
            if (Slot.stateOf(current) == Slot.IDLE
                    && Slot.epochOf(current) == Slot.epochOf(word)
                    && slot.tryBecome(current, Slot.CHECKING)) {
                pool.checks().check(slot);
            }
        } else if (unchecked >= settings.checkAfterRest().toNanos()) {
            long current = slot.current();
            if (Slot.stateOf(current) == Slot.IDLE
                    && Slot.epochOf(current) == Slot.epochOf(word)
                    && !Slot.marked(current, Slot.RESTED)
                    && slot.tryMark(current, Slot.RESTED)) {
                pool.checks().rested();
            }
        }
    }

    private void lookAfterLeased(Slot<C> slot, long word, long now, PoolSettings settings) {
        if (now - slot.retireAt >= 0 && !Slot.marked(word, Slot.DOOMED)) {
            pool.closer().doom(slot, CloseReason.LIFETIME);
        }
        inspect(slot, now);
        long threshold = settings.leakThreshold().toNanos();
        if (threshold > 0 && now - slot.seenAt >= threshold) {
            leaks.look(slot, word & ~Slot.MARK_BITS, now - slot.seenAt, settings);
        }
    }

    private void inspect(Slot<C> slot, long now) {
        C connection = slot.settled();
        if (connection != null) {
            pool.connector().inspectLeased(connection, now, worker);
        }
    }

    private void scale(long now, PoolSettings settings, int leased) {
        if (settings.scaling() != Scaling.ADAPTIVE) {
            return;
        }
        scaler.sample(leased);
        if (!scaler.isDue(now, settings.scaleInterval().toNanos())) {
            return;
        }
        Scaler.Reading reading = new Scaler.Reading(
                now,
                supply.target(),
                supply.counts().size(),
                Snapshots.leases(pool),
                pool.queue().statistics().waits(),
                pool.queue().size());
        Scaler.Step step = scaler.decide(reading, Math.max(1, settings.min()), settings.max());
        if (step != null) {
            supply.target(step.to());
            scaled(reading.target(), step.to(), step.reason());
        }
    }

    /** A change of size happened; any thread. */
    void scaled(int from, int to, String reason) {
        scalings.incrementAndGet();
        pool.publish(new PoolEvent.Scaled(pool.name(), ticker.nanos(), from, to, reason));
    }

    /** A lease with these marks has come back; on the thread that gave it back. */
    void returned(Slot<C> slot, long word) {
        if (Slot.marked(word, Slot.REPORTED)) {
            pool.publish(new PoolEvent.LeakReturned(
                    pool.name(), ticker.nanos(), slot.index(), Duration.ofNanos(ticker.nanos() - slot.seenAt)));
        }
    }

    long scalings() {
        return scalings.get();
    }

    int peakLeased() {
        return peakLeased;
    }

    long leaksReported() {
        return leaks.reported();
    }
}
