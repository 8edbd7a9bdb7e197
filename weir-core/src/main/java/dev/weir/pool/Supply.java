package dev.weir.pool;

import dev.weir.budget.Account;
import dev.weir.budget.Reclaimer;
import dev.weir.event.CloseReason;
import dev.weir.event.PoolEvent;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Meets demand: decides when to have a rested connection checked and when to open another one, and brings connections
 * into the pool, on worker threads.
 *
 * <p>Count first, connect after, undo on failure: a connection is counted against the maximum before anything else is
 * done for it, and every path back takes the count away. Demand that a returning connection can serve opens little: {@link
 * Growth}.
 */
final class Supply<C> implements Reclaimer {

    private final Pool<C> pool;
    private final PoolEnvironment environment;
    private final Ticker ticker;
    private final Endpoint endpoint;
    private final Account account;
    /** How often room was made for a connect that had been turned away. */
    private final AtomicInteger chances = new AtomicInteger();

    private volatile int target;
    private volatile @Nullable Throwable lastFailure;

    // Guarded by the queue's lock.
    private int size;
    private int opening;

    private final StuckConnects<C> stuck;
    private final Growth growth = new Growth();
    private final ConnectPause pause = new ConnectPause();
    private long opened;
    private long closed;
    private long connectFailures;

    /** Counts that belong together. */
    record Counts(int size, int opening, long opened, long closed, long connectFailures) {}

    Supply(Pool<C> pool, PoolEnvironment environment) {
        this.pool = pool;
        this.environment = environment;
        this.ticker = environment.ticker();
        PoolSettings settings = pool.settings();
        this.target = settings.scaling() == Scaling.ADAPTIVE ? Math.max(1, settings.min()) : settings.max();
        this.account = environment.openAccount(pool.name(), settings, this);
        this.endpoint = environment.endpoints().join(pool.connector().endpoint(), this);
        this.stuck = new StuckConnects<>(pool, environment, endpoint);
    }

    // Deciding

    /** Starts the checks and opens that the waiting requests and the minimum call for. */
    void meetDemand() {
        int before;
        boolean turnedAway;
        do {
            before = chances.get();
            turnedAway = !pool.isShut() && !meet();
        } while (turnedAway && chances.get() != before);
    }

    /** What turned a connect away, the budget or the endpoint, has room now. */
    void mayTryAgain() {
        // Before the look: a connect that is being turned away at this moment still stands in the counts.
        chances.incrementAndGet();
        meetDemand();
    }

    /** Returns false if a connect was turned away. */
    private boolean meet() {
        int opens;
        List<Slot<C>> checks = List.of();
        Slot<C> hopeless = null;
        List<Slot<C>> unanswered = List.of();
        pool.queue().lock.lock();
        try {
            int waiting = pool.queue().size();
            if (waiting == 0) {
                pool.checks().stuck().stopTrying();
            } else if (size == opening) {
                hopeless = stuck.hopeless(size, target);
            } else if (pool.checks().anyRunning()) {
                unanswered = pool.checks().stuck().hopeless(size >= target && opening == 0);
            }
            int wanted = waiting == 0 ? 0 : waiting - awaited() - pool.checks().promising() - pool.countFit();
            if (wanted > 0 && pool.checks().anyRested()) {
                checks = pool.checks().start(wanted);
                // Where checks hang, these may hang too: a new connection is wanted as well.
                wanted -= pool.checks().stuck().overtaken() > 0 ? 0 : checks.size();
            }
            opens = opensFor(wanted);
            size += opens;
            opening += opens;
        } finally {
            pool.queue().lock.unlock();
        }
        for (Slot<C> slot : checks) {
            pool.checks().check(slot);
        }
        if (!checks.isEmpty()) {
            pool.checks().stuck().begins();
        }
        if (hopeless != null) {
            giveUpStuck(hopeless);
        }
        for (Slot<C> slot : unanswered) {
            giveUpCheck(slot);
        }
        for (int i = 0; i < opens; i++) {
            if (grantAndOpen() == null) {
                uncount(opens - i);
                return false;
            }
        }
        return true;
    }

    /** Starts to open a connection that nobody asked for, to take another one's place; {@code null} where there is no room. */
    @Nullable Slot<C> openAnother() {
        pool.queue().lock.lock();
        try {
            if (pool.isShut() || size >= target || opening > 0 || pause.isPaused()) {
                return null;
            }
            size++;
            opening++;
        } finally {
            pool.queue().lock.unlock();
        }
        Slot<C> slot = grantAndOpen();
        if (slot == null) {
            uncount(1);
            // Whoever came meanwhile saw a connection being opened.
            meetDemand();
        }
        return slot;
    }

    /** Opens a connection that is counted; {@code null} if it was turned away. */
    private @Nullable Slot<C> grantAndOpen() {
        if (!endpoint.begin(this, pool.settings().connectsAtOnce())) {
            return null;
        }
        long bytes = pool.connector().estimatedBytes();
        if (!account.tryGrant(bytes)) {
            endpoint.end(this);
            return null;
        }
        Slot<C> slot = takeVacant(bytes);
        pool.publish(new PoolEvent.Granted(pool.name(), ticker.nanos(), slot.index(), bytes));
        open(slot);
        return slot;
    }

    private void giveUpStuck(Slot<C> slot) {
        Task task = slot.task;
        if (task != null && task.wasOvertaken() && abandon(slot, task, ticker.nanos() - task.startedAt)) {
            pool.queue().lock.lock();
            try {
                stuck.gaveUp();
            } finally {
                pool.queue().lock.unlock();
            }
        }
    }

    private void giveUpCheck(Slot<C> slot) {
        Task task = slot.task;
        if (task != null && task.during == SlotState.CHECKING && task.wasOvertaken()) {
            abandon(slot, task, ticker.nanos() - task.startedAt);
        }
    }

    private int opensFor(int wanted) {
        PoolSettings settings = pool.settings();
        if (size >= Math.max(settings.min(), target) || (wanted <= 0 && size >= settings.min())) {
            return 0;
        }
        boolean nothingWorks = size == opening;
        if (pause.isPaused()) {
            long until = pause.until(nothingWorks && wanted > 0);
            if (until - ticker.nanos() > 0) {
                environment.housekeeper().wakeBy(until);
                return 0;
            }
        }
        if (nothingWorks && (pause.isPaused() || stuck.overtaken() > 0)) {
            return awaited() == 0 ? 1 : 0;
        }
        int refill = settings.min() - size;
        if (!nothingWorks && wanted > 0 && !growth.helps(pool.queue().size(), ticker.nanos())) {
            environment.housekeeper().wakeBy(growth.heldUntil());
            return Math.max(0, refill);
        }
        int inFlight = (nothingWorks ? settings.connectsAtOnce() : growth.window()) - awaited();
        int grow = Math.min(Math.min(wanted, inFlight), target - size);
        return Math.max(0, Math.max(refill, grow));
    }

    /** Connects under way that somebody may count on. */
    private int awaited() {
        return opening - stuck.overtaken();
    }

    private void uncount(int reserved) {
        pool.queue().lock.lock();
        try {
            size -= reserved;
            opening -= reserved;
        } finally {
            pool.queue().lock.unlock();
        }
    }

    private Slot<C> takeVacant(long bytes) {
        pool.queue().lock.lock();
        try {
            for (Slot<C> slot : pool.slots()) {
                long word = slot.current();
                if (Slot.stateOf(word) == Slot.VACANT && slot.tryBecome(word, Slot.OPENING)) {
                    slot.granted = bytes;
                    return slot;
                }
            }
            Slot<C>[] slots = pool.slots();
            Slot<C>[] grown = Arrays.copyOf(slots, slots.length + 1);
            Slot<C> slot = new Slot<>(pool, slots.length);
            slot.become(Slot.OPENING, 0);
            slot.granted = bytes;
            grown[slots.length] = slot;
            pool.slots(grown);
            return slot;
        } finally {
            pool.queue().lock.unlock();
        }
    }

    // Opening

    private void open(Slot<C> slot) {
        Task task = new Task(SlotState.OPENING, ticker.nanos());
        slot.task = task;
        int suspicionsBefore = pool.checks().suspicions();
        environment.workers().execute(() -> {
            if (!task.startOn(Thread.currentThread())) {
                endpoint.endAbandoned(this);
                return;
            }
            C connection;
            try {
                connection = pool.connector().connect();
            } catch (Throwable failure) { // whatever it is, the slot must be given up
                openFailed(slot, task, failure);
                return;
            }
            connected(slot, task, connection, suspicionsBefore);
        });
    }

    private void connected(Slot<C> slot, Task task, C connection, int suspicionsBefore) {
        task.done();
        if (!task.finish()) {
            endpoint.endAbandoned(this);
            pool.connector().abort(connection);
            return;
        }
        tellEndpoint(task);
        long now = ticker.nanos();
        PoolSettings settings = pool.settings();
        slot.settle(connection);
        correctGrant(slot, connection);
        slot.openedAt = now;
        slot.retireAt = retireAt(now, settings);
        slot.seenAt = now;
        slot.checkedAt = now;
        slot.task = null;
        int grownTo;
        // Idle before it ceases to count as being opened: in between, nobody must think that another one is needed.
        pool.checks().becomeIdle(slot, suspicionsBefore);
        pool.queue().lock.lock();
        try {
            opening--;
            opened++;
            stuck.ended(task, true);
            pool.checks().stuck().connected(task, now - task.startedAt);
            pause.succeeded();
            lastFailure = null;
            int waiting = pool.queue().size();
            growth.connected(waiting, now - task.startedAt, now, settings.connectsAtOnce());
            grownTo = size - opening;
        } finally {
            pool.queue().lock.unlock();
        }
        pool.publish(
                new PoolEvent.ConnectionOpened(pool.name(), now, slot.index(), Duration.ofNanos(now - task.startedAt)));
        if (grownTo > settings.min() && settings.scaling() == Scaling.ON_DEMAND) {
            pool.caretaker().scaled(grownTo - 1, grownTo, "requests were waiting");
        }
        pool.becameIdle();
        meetDemand();
    }

    /** Lets the grant follow what was measured; the slot is the caller's, so nobody else looks at its grant. */
    void correctGrant(Slot<C> slot, C connection) {
        long before = slot.granted;
        long next = pool.weighing().nextGrant(slot, Snapshots.measured(pool, connection));
        if (next != before) {
            slot.granted = next;
            account.correct(before, next);
        }
    }

    private static long retireAt(long now, PoolSettings settings) {
        long lifetime = settings.maxLifetime().toNanos();
        if (lifetime == 0) {
            return now + Long.MAX_VALUE / 2;
        }
        double share =
                1 - settings.lifetimeJitter() * ThreadLocalRandom.current().nextDouble();
        return now + (long) (lifetime * share);
    }

    private void openFailed(Slot<C> slot, Task task, Throwable failure) {
        task.done();
        if (task.finish()) {
            tellEndpoint(task);
            giveUpOpening(slot, task, failure);
        } else {
            endpoint.endAbandoned(this);
        }
    }

    /** A connect has ended by itself. */
    private void tellEndpoint(Task task) {
        if (task.wasOvertaken()) {
            endpoint.endAbandoned(this);
        } else {
            endpoint.end(this);
        }
    }

    private void giveUpOpening(Slot<C> slot, Task task, Throwable failure) {
        ConnectFailure kind = classify(failure);
        PoolSettings settings = pool.settings();
        long now = ticker.nanos();
        empty(slot);
        boolean hopeless;
        int inARow;
        int left;
        long retryAt;
        pool.queue().lock.lock();
        try {
            opening--;
            size--;
            stuck.ended(task, false);
            connectFailures++;
            growth.failed();
            pool.checks().stuck().stopTrying();
            lastFailure = failure;
            pause.failed(kind, settings, now);
            inARow = pause.inARow();
            left = size;
            retryAt = pause.until(size == opening && pool.queue().size() > 0);
            boolean enough = settings.failFastAfter() > 0
                    && (inARow >= settings.failFastAfter() || kind == ConnectFailure.CONFIGURATION);
            hopeless = enough && kind != ConnectFailure.SERVER_FULL && size == opening;
        } finally {
            pool.queue().lock.unlock();
        }
        environment.housekeeper().wakeBy(retryAt);
        pool.publish(
                kind == ConnectFailure.SERVER_FULL
                        ? new PoolEvent.ServerFull(pool.name(), now, left)
                        : new PoolEvent.ConnectFailed(pool.name(), now, failure, inARow));
        if (hopeless) {
            pool.queue()
                    .refuseAll(
                            AcquireException.Reason.CONNECT_FAILED,
                            "Connecting failed " + inARow + " times in a row",
                            failure);
        }
    }

    private ConnectFailure classify(Throwable failure) {
        try {
            return pool.connector().classify(failure);
        } catch (RuntimeException trouble) { // the slot must be given up all the same
            failure.addSuppressed(trouble);
            return ConnectFailure.TRANSIENT;
        }
    }

    // Giving up

    /** A connection has ended: its slot is vacant and its grant returned. */
    void left(Slot<C> slot) {
        empty(slot);
        pool.queue().lock.lock();
        try {
            size--;
            closed++;
        } finally {
            pool.queue().lock.unlock();
        }
    }

    private void empty(Slot<C> slot) {
        long bytes = slot.granted;
        slot.granted = 0;
        slot.task = null;
        slot.leave();
        slot.become(Slot.VACANT, 0);
        account.release(bytes);
    }

    /** Ends a worker's task that has taken too long; called by the housekeeper. */
    void abandonOverdue(Slot<C> slot, long now, PoolSettings settings) {
        Task task = slot.task;
        if (task == null) {
            return;
        }
        long limit = switch (task.during) {
            case OPENING -> settings.createTimeout().toNanos();
            case CHECKING -> settings.checkTimeout().toNanos();
            default -> settings.destroyTimeout().toNanos();
        };
        if (now - task.startedAt >= limit) {
            abandon(slot, task, limit);
        }
    }

    private boolean abandon(Slot<C> slot, Task task, long limitNanos) {
        C connection = slot.settled();
        if (!task.abandon()) {
            return false;
        }
        task.interrupt();
        String tooLong = "took longer than " + limitNanos / 1_000_000 + " ms";
        switch (task.during) {
            case OPENING -> {
                if (!task.wasOvertaken()) {
                    endpoint.abandon(this);
                }
                giveUpOpening(slot, task, new TimeoutException("the attempt to connect " + tooLong));
            }
            case CHECKING -> pool.checks().abandoned(slot, task);
            default -> {
                if (connection != null) {
                    pool.connector().abort(connection);
                }
                pool.closer().vacate(slot, tooLong);
            }
        }
        return true;
    }

    // Steering

    /** New settings are in force; under the queue's lock. */
    void resized(PoolSettings before, PoolSettings after) {
        if (after.scaling() == Scaling.ON_DEMAND) {
            target = after.max();
        } else if (before.scaling() == Scaling.ON_DEMAND) {
            target = Math.max(1, after.min());
        }
        target = Math.max(Math.max(1, after.min()), Math.min(after.max(), target));
    }

    /** Aims for another size, within the bounds now in force; the caller says why in an event. */
    void target(int connections) {
        pool.queue().lock.lock();
        try {
            PoolSettings settings = pool.settings();
            target = Math.max(Math.max(1, settings.min()), Math.min(settings.max(), connections));
        } finally {
            pool.queue().lock.unlock();
        }
        meetDemand();
    }

    void dispose() {
        pool.closer().abortLeased();
        pool.closer().closeIdle(CloseReason.SHUTDOWN);
        for (Slot<C> slot : pool.slots()) {
            // A check that is given up leaves a connection to be closed, and that is given up in turn.
            for (Task task = slot.task; task != null; task = slot.task) {
                if (!abandon(slot, task, ticker.nanos() - task.startedAt)) {
                    break;
                }
            }
        }
        environment.endpoints().leave(endpoint, this);
        environment.closeAccount(account, this);
    }

    // The budget's side

    @Override
    public boolean reclaimOne() {
        return closeColdest(CloseReason.RECLAIMED);
    }

    /** Takes the one that was lent most recently, as far as the last pass knows: it is likely to be back soonest. */
    @Override
    public boolean reclaimOnReturn() {
        Slot<C> soonest = null;
        for (Slot<C> slot : pool.slots()) {
            long word = slot.current();
            boolean stays = Slot.isHeld(word) && !Slot.marked(word, Slot.DOOMED);
            if (stays && (soonest == null || lentAt(slot, word) - lentAt(soonest, soonest.current()) > 0)) {
                soonest = slot;
            }
        }
        return soonest != null && pool.closer().doom(soonest, CloseReason.RECLAIMED) != null;
    }

    private long lentAt(Slot<C> slot, long word) {
        return slot.seenWord == (word & ~Slot.MARK_BITS) ? slot.seenAt : ticker.nanos();
    }

    boolean closeColdest(CloseReason reason) {
        Slot<C> coldest = coldestIdle();
        return coldest != null && pool.closer().closeIfIdle(coldest, reason);
    }

    @Override
    public long coldestIdleNanos() {
        Slot<C> coldest = coldestIdle();
        return coldest == null ? -1 : Math.max(0, ticker.nanos() - coldest.seenAt);
    }

    private @Nullable Slot<C> coldestIdle() {
        Slot<C> coldest = null;
        for (Slot<C> slot : pool.slots()) {
            if (Slot.stateOf(slot.current()) == Slot.IDLE && (coldest == null || slot.seenAt - coldest.seenAt <= 0)) {
                coldest = slot;
            }
        }
        return coldest;
    }

    @Override
    public void grantAvailable() {
        mayTryAgain();
    }

    // Looking

    Checks<C> checks() {
        return pool.checks();
    }

    Account account() {
        return account;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    int target() {
        return target;
    }

    Counts counts() {
        pool.queue().lock.lock();
        try {
            return new Counts(size, opening, opened, closed, connectFailures);
        } finally {
            pool.queue().lock.unlock();
        }
    }

    /** Whether every connection there may be is held by threads that wait for another; under the queue's lock. */
    boolean isExhausted(int heldByWaiters) {
        return heldByWaiters > 0
                && heldByWaiters >= size
                && opening == 0
                && size >= Math.max(target, pool.settings().min());
    }

    @Nullable Throwable lastFailure() {
        return lastFailure;
    }
}
