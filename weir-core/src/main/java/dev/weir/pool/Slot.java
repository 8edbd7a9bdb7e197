package dev.weir.pool;

import dev.weir.event.CloseReason;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place for one connection. Connections come and go; the slot stays.
 *
 * <p>State, marks and the epoch of the lease share one word, and that word alone says who owns the slot:
 *
 * <pre>
 *   63 ........................ 10 9 ........ 4 3 ... 0
 *   epoch: leases so far           marks        state
 * </pre>
 *
 * Whoever moves the word into LEASED, RETURNING, CHECKING, OPENING or CLOSING owns every other field until it moves
 * the word on. A handle remembers the word of its lease; once the slot has moved on no such word comes back, so a stale
 * handle can move nothing. Others may only add marks to a leased slot, and its owner reads them when it gives back.
 *
 * @param <C> the connection's type
 */
public final class Slot<C> {

    static final int STATE_BITS = 0xF;
    /** Idle: has rested too long, or is suspect; to be checked before it is lent. */
    static final int RESTED = 1 << 4;
    /** Idle: keep the stack of the next borrower. */
    static final int SAMPLE = 1 << 5;
    /** Leased: to be closed when it comes back. */
    static final int DOOMED = 1 << 6;
    /** Leased: to be checked when it comes back. */
    static final int SUSPECT = 1 << 7;
    /** Leased: reported as a leak. */
    static final int REPORTED = 1 << 8;
    /** Leased: used by more threads than its borrower's, so that its end takes a claim. */
    static final int SHARED = 1 << 9;

    static final int MARK_BITS = 0x3F << 4;
    private static final int EPOCH_SHIFT = 10;
    private static final long ONE_EPOCH = 1L << EPOCH_SHIFT;

    static final int VACANT = SlotState.VACANT.code;
    static final int OPENING = SlotState.OPENING.code;
    static final int IDLE = SlotState.IDLE.code;
    static final int LEASED = SlotState.LEASED.code;
    static final int RETURNING = SlotState.RETURNING.code;
    static final int CHECKING = SlotState.CHECKING.code;
    static final int CLOSING = SlotState.CLOSING.code;

    private static final SlotState[] STATES = SlotState.values();
    private static final VarHandle WORD;
    private static final VarHandle HOLDER;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WORD = lookup.findVarHandle(Slot.class, "word", long.class);
            HOLDER = lookup.findVarHandle(Slot.class, "holder", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Pool<C> pool;
    private final int index;

    @SuppressWarnings("FieldMayBeFinal") // moved through WORD
    private volatile long word = VACANT;

    private @Nullable C connection;
    /** The thread of the current or last lease. */
    @Nullable Thread borrower;
    /** The handle of the current or last lease, or the {@link LeakWatch} that took its place. */
    volatile @Nullable Object holder;
    /** What a noted lease left. */
    @Nullable LeaseNote note;
    /** What a worker does for this slot, while one does. */
    volatile @Nullable Task task;

    /** What the connection was found to hold, once it was weighed. */
    volatile Weighing.@Nullable Weighed weighed;

    /** Why a doomed or closing connection goes. */
    volatile CloseReason reason = CloseReason.SHUTDOWN;

    long openedAt;
    /** When the connection is too old. */
    long retireAt;
    /** Bytes of the budget granted to this slot. */
    long granted;

    /** The word that the housekeeper saw last, without marks, and since when. */
    long seenWord;

    long seenAt;

    /** When it was last known to be usable. */
    long checkedAt;

    Slot(Pool<C> pool, int index) {
        this.pool = pool;
        this.index = index;
    }

    /** The pool this slot belongs to. */
    public Pool<C> pool() {
        return pool;
    }

    /** The slot's number in its pool, from 0. */
    public int index() {
        return index;
    }

    /** The connection; for whoever owns the slot. */
    public C connection() {
        return Objects.requireNonNull(connection, "a slot without connection has no owner who could ask");
    }

    /** The word of the current lease; to be read by the borrower before it hands the slot to anybody else. */
    public long word() {
        return word & ~MARK_BITS;
    }

    /** Whether the lease that had this word still lasts. */
    public boolean isLeased(long leaseWord) {
        return stateOf(leaseWord) == LEASED && (word & ~MARK_BITS) == leaseWord;
    }

    /** Remembers the handle that the borrower holds, so that its loss can be noticed. Only for the current borrower. */
    public void heldBy(Object handle) {
        HOLDER.setRelease(this, handle);
    }

    /**
     * Tells that another thread than the borrower's is about to use the lease: from now on {@link Pool#giveBackUnmarked}
     * leaves it alone, and its end takes a {@linkplain Pool#claim claim}. A full fence.
     *
     * @return whether the lease that had this word still lasts
     */
    public boolean share(long leaseWord) {
        while (true) {
            long current = word;
            if (stateOf(leaseWord) != LEASED || (current & ~MARK_BITS) != leaseWord) {
                return false;
            }
            if (marked(current, SHARED) || tryMark(current, SHARED)) {
                return true;
            }
        }
    }

    boolean replaceHolder(@Nullable Object expected, @Nullable Object next) {
        return HOLDER.compareAndSet(this, expected, next);
    }

    long current() {
        return word;
    }

    /** Whether it is idle and may be lent without a check. */
    boolean isFit() {
        return (word & (STATE_BITS | RESTED)) == IDLE;
    }

    static int stateOf(long word) {
        return (int) (word & STATE_BITS);
    }

    /** Whether the connection is in somebody's hands. */
    static boolean isHeld(long word) {
        int state = stateOf(word);
        return state == LEASED || state == RETURNING;
    }

    static SlotState stateName(long word) {
        return STATES[stateOf(word)];
    }

    static long epochOf(long word) {
        return word >>> EPOCH_SHIFT;
    }

    static boolean marked(long word, int mark) {
        return (word & mark) != 0;
    }

    // The moves. Each is one compare-and-set, named after what happens; false means somebody else moved first.

    /** IDLE to LEASED, in a new epoch. */
    boolean tryLease(long idle) {
        return move(idle, ((idle & -ONE_EPOCH) + ONE_EPOCH) | LEASED);
    }

    /** LEASED to IDLE; fails when marked, stale, or not the word of a lease at all. */
    boolean tryGiveBack(long leased) {
        return stateOf(leased) == LEASED && move(leased, leased - LEASED + IDLE);
    }

    /** Takes the note of the lease that ends; its stack is many times larger than the slot. For whoever holds that lease. */
    @Nullable LeaseNote takeNote(long word) {
        LeaseNote kept = note;
        note = null;
        return kept != null && !kept.isRequest() && epochOf(kept.word()) == epochOf(word) ? kept : null;
    }

    /** Any state to another within the same epoch, without marks. */
    boolean tryBecome(long from, int state) {
        return move(from, (from & -ONE_EPOCH) | state);
    }

    /** Any state to another within the same epoch, with these marks. */
    boolean tryBecome(long from, int state, int marks) {
        return move(from, (from & -ONE_EPOCH) | state | marks);
    }

    /** Adds marks within the state. */
    boolean tryMark(long from, int marks) {
        return move(from, from | marks);
    }

    /** Moves a slot that the caller owns; only marks can have come in between, and they are dropped. */
    void become(int state, int marks) {
        long from;
        do {
            from = word;
        } while (!tryBecome(from, state, marks));
    }

    private boolean move(long from, long to) {
        assert stateName(from).mayBecome(stateName(to))
                : "slot " + index + " cannot go from " + stateName(from) + " to " + stateName(to);
        return WORD.compareAndSet(this, from, to);
    }

    /** The borrower, or whoever takes the slot for it, notes who it is, and what else is wanted of this lease. */
    void borrowedBy(Thread thread, LeaseNote.Kind wanted) {
        // Mostly nothing changes, and a collector's write barrier can cost as much as the lease.
        if (borrower != thread) {
            borrower = thread;
        }
        if (note != null) {
            note = null;
        }
        if (wanted != LeaseNote.Kind.NOTHING) {
            note = thread == Thread.currentThread() ? note(wanted) : LeaseNote.request(wanted);
        }
    }

    /** An asynchronous lease is its handle's alone: the thread that asked may end, and another one use it. */
    Slot<C> borrowedByNobody() {
        borrower = null;
        return this;
    }

    /** A borrower that was handed this slot by another thread leaves its note, if one is wanted. */
    void noteIfRequested() {
        LeaseNote noted = note;
        if (noted != null && noted.isRequest()) {
            note = note(noted.requested());
        }
    }

    private LeaseNote note(LeaseNote.Kind kind) {
        return LeaseNote.of(kind, word(), pool.environment().ticker().nanos());
    }

    void settle(C opened) {
        connection = opened;
    }

    @Nullable C settled() {
        return connection;
    }

    void leave() {
        weighed = null;
        connection = null;
        holder = null;
        note = null;
        borrower = null;
    }

    @Override
    public String toString() {
        long seen = word;
        return pool.name() + "[" + index + "] " + stateName(seen) + " epoch " + epochOf(seen);
    }
}
