package dev.weir.pool;

import dev.weir.budget.Account;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.time.Ticker;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of connections.
 *
 * <p>{@link #lease} takes an idle connection by one compare-and-set, {@link #giveBack} returns it by another; neither
 * reads a clock, takes a lock or allocates. Requests that find nothing idle wait in a bounded, fair queue while worker
 * threads connect. Thread-safe; platform and virtual threads are equally welcome.
 *
 * @param <C> the connection's type
 */
public final class Pool<C> implements ManagedPool {

    /** The head of the queue is to be woken. */
    static final int WAKE = 1;
    /** Slots are handed to the head of the queue, and newcomers queue. */
    static final int FIFO = 2;
    /** What a releaser has to look after. */
    static final int OWED = WAKE | FIFO;

    static final int SUSPENDED = 4;
    static final int SHUT = 8;
    private static final int BARRED = FIFO | SUSPENDED | SHUT;

    private static final VarHandle GATE;

    static {
        try {
            GATE = MethodHandles.lookup().findVarHandle(Pool.class, "gate", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Read by every borrower and releaser, written only when somebody waits. */
    @SuppressWarnings("FieldMayBeFinal") // moved through GATE
    private volatile int gate;

    /** Grows by replacement; slots are never removed from it. */
    private volatile Slot<C>[] slots;

    /** How many low slots borrowers spread over by thread, less one; a power of two less one. */
    private int spreadMask;

    /** What every lease leaves in its slot, and what one does that is a sample, as of the last pass. */
    private LeaseNote.Kind eachLease = LeaseNote.Kind.NOTHING;

    private LeaseNote.Kind sampledLease = LeaseNote.Kind.NOTHING;

    private long acquireTimeoutNanos;
    private volatile PoolSettings settings;

    private final String name;
    private final Connector<C> connector;
    private final PoolEnvironment environment;
    private final Ticker ticker;
    private final WaitQueue<C> queue;
    private final Supply<C> supply;
    private final Checks<C> checks;
    private final Closer<C> closer;
    private final Weighing<C> weighing;
    private final Caretaker<C> caretaker;

    @SuppressWarnings("unchecked") // an array of slots of C, never handed out
    private Pool(String name, Connector<C> connector, PoolSettings settings, PoolEnvironment environment) {
        this.name = name;
        this.connector = connector;
        this.settings = settings;
        this.acquireTimeoutNanos = settings.acquireTimeout().toNanos();
        this.environment = environment;
        this.ticker = environment.ticker();
        note(settings.leakStacks());
        this.slots = (Slot<C>[]) new Slot<?>[0];
        this.queue = new WaitQueue<>(this, ticker);
        this.checks = new Checks<>(this, environment);
        this.weighing = new Weighing<>(this, ticker);
        this.closer = new Closer<>(this, environment);
        this.supply = new Supply<>(this, environment);
        this.caretaker = new Caretaker<>(this, environment);
    }

    /**
     * Opens a pool and starts to fill it to its minimum in the background.
     *
     * @param name names the pool in events, logs and reports
     * @throws IllegalStateException if the environment's budget has no room for the pool's floor
     */
    public static <C> Pool<C> open(
            String name, Connector<C> connector, PoolSettings settings, PoolEnvironment environment) {
        Pool<C> pool = new Pool<>(name, connector, settings, environment);
        environment.housekeeper().add(pool.caretaker);
        pool.supply.meetDemand();
        return pool;
    }

    // Lending

    /** Leases a connection, waiting at most the {@linkplain PoolSettings#acquireTimeout() acquire timeout}. */
    public Slot<C> lease() {
        return lease(acquireTimeoutNanos);
    }

    /**
     * Leases a connection, for code that makes its own handle of the slot and {@link Slot#word()}; {@link #acquire} is
     * the general form.
     *
     * @param timeoutNanos the longest wait, in nanoseconds
     * @throws AcquireException if there is none; its reason and message say why
     */
    public Slot<C> lease(long timeoutNanos) {
        if ((gate & BARRED) == 0) {
            Slot<C> slot = takeFit(Thread.currentThread());
            if (slot != null) {
                return slot;
            }
        }
        return queue.await(timeoutNanos);
    }

    /** Takes an idle connection that needs no check, or {@code null}. */
    @Nullable Slot<C> takeFit(Thread borrower) {
        Slot<C>[] all = slots;
        LeaseNote.Kind each = eachLease;
        int home = (int) borrower.getId() & spreadMask;
        if (home < all.length && each == LeaseNote.Kind.NOTHING) {
            Slot<C> slot = all[home];
            long word = slot.current();
            if ((word & (Slot.STATE_BITS | Slot.MARK_BITS)) == Slot.IDLE && slot.tryLease(word)) {
                slot.borrowedBy(borrower, LeaseNote.Kind.NOTHING);
                return slot;
            }
        }
        for (Slot<C> slot : all) {
            long word = slot.current();
            if ((word & (Slot.STATE_BITS | Slot.RESTED)) == Slot.IDLE && slot.tryLease(word)) {
                LeaseNote.Kind sampled = sampledLease;
                boolean more = Slot.marked(word, Slot.SAMPLE) && sampled.compareTo(each) > 0;
                slot.borrowedBy(borrower, more ? sampled : each);
                return slot;
            }
        }
        return null;
    }

    boolean hasFit() {
        for (Slot<C> slot : slots) {
            if (slot.isFit()) {
                return true;
            }
        }
        return false;
    }

    int countFit() {
        int fit = 0;
        for (Slot<C> slot : slots) {
            if (slot.isFit()) {
                fit++;
            }
        }
        return fit;
    }

    /**
     * Gives back a connection that needs no reset.
     *
     * @param word the {@linkplain Slot#word() word} of the lease
     * @return whether it was still this lease's; if not, nothing happened
     */
    public boolean giveBack(Slot<C> slot, long word) {
        if (giveBackUnmarked(slot, word)) {
            return true;
        }
        if (!claim(slot, word)) {
            return false;
        }
        giveBackClaimed(slot);
        return true;
    }

    /**
     * Gives back a connection that needs no reset, if nobody has marked its lease: not to be ended, checked or reported, nor
     * {@linkplain Slot#share shared}. Otherwise nothing happens, and {@link #claim} tells whether the lease lasts.
     */
    public boolean giveBackUnmarked(Slot<C> slot, long word) {
        if (slot.note != null) {
            return giveBackNoted(slot, word);
        }
        if (!slot.tryGiveBack(word)) {
            return false;
        }
        if ((gate & (OWED | SHUT)) != 0) {
            becameIdle();
        }
        return true;
    }

    private boolean giveBackNoted(Slot<C> slot, long word) {
        LeaseNote note = slot.note;
        if (note != null && note.word() == word) {
            // Before the slot is another's. A stale handle that comes here in between costs the other its note, no
            // more.
            slot.note = null;
        }
        if (!slot.tryGiveBack(word)) {
            if (slot.isLeased(word)) {
                slot.note = note;
            }
            return false;
        }
        if ((gate & (OWED | SHUT)) != 0) {
            becameIdle();
        }
        if (note != null && note.word() == word) {
            leaseEnded(slot, note);
        }
        return true;
    }

    private void leaseEnded(Slot<C> slot, LeaseNote note) {
        EventStream events = environment.events();
        if (events.hasLeaseListeners()) {
            events.publishLeaseEnded(name, slot.index(), ticker.nanos() - note.nanos());
        }
    }

    /**
     * Takes the exclusive right to reset a leased connection before it goes back; {@link #giveBackClaimed} or {@link
     * #retireClaimed} must follow.
     *
     * @return whether it was still this lease's; if not, nothing happened
     */
    public boolean claim(Slot<C> slot, long word) {
        while (true) {
            long current = slot.current();
            if (Slot.stateOf(word) != Slot.LEASED || (current & ~Slot.MARK_BITS) != word) {
                return false;
            }
            if (slot.tryBecome(current, Slot.RETURNING, (int) current & Slot.MARK_BITS)) {
                return true;
            }
        }
    }

    /** Gives back a claimed connection that has been reset. A shutdown that took it in the meantime keeps it. */
    public void giveBackClaimed(Slot<C> slot) {
        LeaseNote note = null;
        while (true) {
            long word = slot.current();
            if (Slot.stateOf(word) != Slot.RETURNING) {
                return;
            }
            if (Slot.marked(word, Slot.DOOMED)) {
                retireClaimed(slot, slot.reason);
                return;
            }
            int next = Slot.marked(word, Slot.SUSPECT) ? Slot.CHECKING : Slot.IDLE;
            note = note == null ? slot.takeNote(word) : note;
            if (slot.tryBecome(word, next)) {
                caretaker.returned(slot, word);
                if (next == Slot.CHECKING) {
                    checks.check(slot);
                } else if ((gate & (OWED | SHUT)) != 0) {
                    becameIdle();
                }
                if (note != null) {
                    leaseEnded(slot, note);
                }
                return;
            }
        }
    }

    /** Ends a claimed connection instead of giving it back. A shutdown that took it in the meantime keeps it. */
    public void retireClaimed(Slot<C> slot, CloseReason reason) {
        while (true) {
            long word = slot.current();
            if (Slot.stateOf(word) != Slot.RETURNING) {
                return;
            }
            LeaseNote note = slot.note;
            if (slot.tryBecome(word, Slot.CLOSING)) {
                caretaker.returned(slot, word);
                closer.closeClaimed(slot, reason);
                if (note != null && !note.isRequest()) {
                    leaseEnded(slot, note);
                }
                return;
            }
        }
    }

    /**
     * Ends a leased connection instead of giving it back, because it is broken or cannot be reset.
     *
     * @return whether it was still this lease's; if not, nothing happened
     */
    public boolean retire(Slot<C> slot, long word, CloseReason reason) {
        if (!claim(slot, word)) {
            return false;
        }
        retireClaimed(slot, reason);
        return true;
    }

    /** A slot has become idle and something is owed. */
    void becameIdle() {
        if ((gate & SHUT) != 0) {
            closer.closeIdle(CloseReason.SHUTDOWN);
        } else {
            queue.serve();
        }
    }

    /** Acquires a connection, waiting at most the acquire timeout. */
    public Lease<C> acquire() {
        return new Lease<>(lease());
    }

    /**
     * Acquires a connection.
     *
     * @throws AcquireException if there is none; its reason and message say why
     */
    public Lease<C> acquire(Duration timeout) {
        return new Lease<>(lease(nanos(timeout)));
    }

    /**
     * Asks for a connection without waiting for it. The stage completes with a lease, or with an {@link
     * AcquireException}; its dependents run on the common pool, never on a thread that gives a connection back. Cancelling
     * its future withdraws the request.
     */
    public CompletionStage<Lease<C>> acquireAsync(Duration timeout) {
        if ((gate & BARRED) == 0) {
            Slot<C> slot = takeFit(Thread.currentThread());
            if (slot != null) {
                return CompletableFuture.completedFuture(new Lease<>(slot.borrowedByNobody()));
            }
        }
        long now = ticker.nanos();
        AsyncRequest<C> request = new AsyncRequest<>(queue, now, now + nanos(timeout));
        queue.enqueue(request.waiter());
        environment.housekeeper().wakeBy(request.waiter().deadline);
        return request;
    }

    /** Completes an asynchronous request off the caller's thread; a connection nobody takes any more goes back. */
    void complete(Waiter<C> waiter) {
        CompletableFuture<Lease<C>> future = waiter.future;
        if (future == null) {
            return;
        }
        environment.completions().execute(() -> {
            if (waiter.outcome instanceof Waiter.Refusal refusal) {
                future.completeExceptionally(queue.refuse(waiter, refusal));
                return;
            }
            @SuppressWarnings("unchecked") // an outcome is a refusal or a slot of this pool
            Slot<C> slot = (Slot<C>) waiter.outcome;
            if (slot != null) {
                queue.tellWaited(waiter, slot);
                Lease<C> lease = new Lease<>(slot.borrowedByNobody());
                if (!future.complete(lease)) {
                    queue.statistics().passedBack();
                    lease.close();
                }
            }
        });
    }

    // Steering

    @Override
    public PoolSettings settings() {
        return settings;
    }

    /**
     * Swaps the settings while the pool runs. Timeouts and queue limits apply to requests from now on; a lower maximum
     * closes idle connections now and leased ones when they return; lifetimes apply to connections opened from now on.
     *
     * @param change makes new settings of the present ones
     * @throws IllegalStateException if the budget has no room for a higher floor; then nothing changes
     */
    public void reconfigure(UnaryOperator<PoolSettings> change) {
        PoolSettings before;
        PoolSettings after;
        queue.lock.lock();
        try {
            before = settings;
            after = change.apply(before);
            settings = after;
            acquireTimeoutNanos = after.acquireTimeout().toNanos();
            supply.resized(before, after);
        } finally {
            queue.lock.unlock();
        }
        try {
            environment.reconfigureAccount(supply.account(), after);
        } catch (RuntimeException refused) {
            swapBack(after, before);
            throw refused;
        }
        List<String> changes = after.changesSince(before);
        if (!changes.isEmpty()) {
            publish(new PoolEvent.SettingsChanged(name, ticker.nanos(), changes));
        }
        closer.shrink();
        supply.meetDemand();
    }

    /** The budget refused: the settings in force must be those that it knows. */
    private void swapBack(PoolSettings from, PoolSettings to) {
        queue.lock.lock();
        try {
            if (settings.equals(from)) {
                settings = to;
                acquireTimeoutNanos = to.acquireTimeout().toNanos();
                supply.resized(from, to);
            }
        } finally {
            queue.lock.unlock();
        }
    }

    /** Changes the bounds of the pool's size while it runs. */
    public void resize(int min, int max) {
        reconfigure(now -> now.toBuilder().min(min).max(max).build());
    }

    /** Holds new requests back, in the queue, until {@link #resume}; leases go on and may be given back. */
    public void suspend() {
        if ((setGateBit(SUSPENDED) & SUSPENDED) == 0) {
            publish(new PoolEvent.Suspended(name, ticker.nanos()));
        }
    }

    /** Lets requests through again. */
    public void resume() {
        int before;
        do {
            before = gate;
        } while (!moveGate(before, before & ~SUSPENDED));
        if ((before & SUSPENDED) != 0) {
            publish(new PoolEvent.Resumed(name, ticker.nanos()));
            supply.meetDemand();
            queue.serve();
        }
    }

    @Override
    public void evict(Eviction how) {
        closer.evict(how);
    }

    /**
     * Ends every idle connection that {@code which} picks, unless a borrower takes it first.
     *
     * @param which asked on this thread about connections that were idle a moment ago, so it must only look; must not block
     * @return how many will go
     */
    public int closeIdle(Predicate<? super C> which, CloseReason reason) {
        return closer.closeIdle(which, reason);
    }

    /**
     * Ends the idle connection that has rested longest; for code that shares something between several pools.
     *
     * @return whether there was one
     */
    public boolean closeColdest(CloseReason reason) {
        return supply.closeColdest(reason);
    }

    /** How long that connection has rested, in nanoseconds, as far as the housekeeper saw; negative when none is idle. */
    public long coldestIdleNanos() {
        return supply.coldestIdleNanos();
    }

    /**
     * Tells that an error showed every connection to this endpoint to be suspect, after a failover or a restart: the
     * connections that exist now, in every pool to the endpoint, are checked before they are lent again.
     */
    public void endpointSuspect(@Nullable Throwable cause) {
        int marked = supply.endpoint().suspectAll();
        publish(new PoolEvent.EndpointSuspected(name, ticker.nanos(), connector.endpoint(), cause, marked));
    }

    @Override
    public PoolSnapshot snapshot() {
        return Snapshots.of(this);
    }

    @Override
    public List<Pool<?>> engines() {
        return List.of(this);
    }

    /** Every slot that holds or opens a connection, by number, as it is now; read one after the other. */
    public List<SlotView> slotViews() {
        return Snapshots.slots(this);
    }

    @Override
    public MeasuredConnections measuredConnections() {
        return Snapshots.measured(this);
    }

    /** Has the connections weighed from now on, or no more where {@code watch} is {@code null}. */
    @Override
    public void watchMemory(@Nullable MemoryWatch watch) {
        weighing.watch(watch);
    }

    @Override
    public List<SlotWeight> weights() {
        return weighing.weights();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ConnectionKind connectionKind() {
        return connector.connectionKind();
    }

    // Ending

    @Override
    public void refuse() {
        setGateBit(SHUT);
    }

    @Override
    public void failWaiters() {
        queue.refuseAll(AcquireException.Reason.SHUT_DOWN, "The pool is shut down", null);
        closer.closeIdle(CloseReason.SHUTDOWN);
    }

    @Override
    public int inUse() {
        int held = 0;
        for (Slot<C> slot : slots) {
            if (Slot.isHeld(slot.current())) {
                held++;
            }
        }
        return held;
    }

    @Override
    public void cancelLeased() {
        closer.cancelLeased();
    }

    @Override
    public void abortLeased() {
        closer.abortLeased();
    }

    @Override
    public int connectionsLeft() {
        int left = 0;
        for (Slot<C> slot : slots) {
            if (Slot.stateOf(slot.current()) != Slot.VACANT) {
                left++;
            }
        }
        return left;
    }

    @Override
    public void dispose() {
        refuse();
        environment.housekeeper().remove(caretaker);
        supply.dispose();
    }

    @Override
    public String toString() {
        return snapshot().counts();
    }

    // For the other parts of the engine

    Slot<C>[] slots() {
        return slots;
    }

    void slots(Slot<C>[] grown) {
        slots = grown;
    }

    void spreadOver(int powerOfTwo) {
        spreadMask = powerOfTwo - 1;
    }

    /** What leases leave from now on: the stacks that are wanted, and the times that somebody listens for. */
    void note(LeakStacks stacks) {
        EventStream events = environment.events();
        boolean always = stacks == LeakStacks.ALWAYS;
        LeaseNote.Kind timed = events.hasLeaseListeners() ? LeaseNote.Kind.TIME : LeaseNote.Kind.NOTHING;
        sampledLease = stacks == LeakStacks.OFF ? timed : LeaseNote.Kind.STACK;
        eachLease =
                always ? LeaseNote.Kind.STACK : events.wantsEveryLease() ? LeaseNote.Kind.TIME : LeaseNote.Kind.NOTHING;
    }

    int spread() {
        return spreadMask + 1;
    }

    int gate() {
        return gate;
    }

    boolean moveGate(int from, int to) {
        return GATE.compareAndSet(this, from, to);
    }

    int setGateBit(int bit) {
        return (int) GATE.getAndBitwiseOr(this, bit);
    }

    /** What releasers owe from now on; under the queue's lock. */
    void setOwed(int owed) {
        int before;
        do {
            before = gate;
        } while ((before & OWED) != owed && !moveGate(before, (before & ~OWED) | owed));
    }

    boolean isShut() {
        return (gate & SHUT) != 0;
    }

    Connector<C> connector() {
        return connector;
    }

    PoolEnvironment environment() {
        return environment;
    }

    WaitQueue<C> queue() {
        return queue;
    }

    Supply<C> supply() {
        return supply;
    }

    Checks<C> checks() {
        return checks;
    }

    Weighing<C> weighing() {
        return weighing;
    }

    Closer<C> closer() {
        return closer;
    }

    Caretaker<C> caretaker() {
        return caretaker;
    }

    Account account() {
        return supply.account();
    }

    /** How many leased connections a thread holds. */
    int heldBy(Thread thread) {
        int held = 0;
        for (Slot<C> slot : slots) {
            if (Slot.stateOf(slot.current()) == Slot.LEASED && slot.borrower == thread) {
                held++;
            }
        }
        return held;
    }

    void publish(PoolEvent event) {
        environment.events().publish(event);
    }

    void publishDeadlock(List<String> threads) {
        publish(new PoolEvent.DeadlockDetected(name, ticker.nanos(), threads));
    }

    private static long nanos(Duration timeout) {
        return timeout.compareTo(Duration.ofDays(365)) > 0
                ? Duration.ofDays(365).toNanos()
                : timeout.toNanos();
    }
}
