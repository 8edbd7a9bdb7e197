package dev.weir.jdbc;

import dev.weir.pool.Lease;
import dev.weir.pool.Slot;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Who may call on a connection through a handle, and who is inside a call now. A lease that ends while somebody is inside
 * does not give its connection back but retires it.
 *
 * <p>Nearly always the thread that leased calls, and it alone: it counts itself in by plain writes to the handle, which no
 * other thread makes. Any other thread first marks the slot as {@linkplain Slot#share shared}, so that the lease cannot end
 * by one compare-and-set any more, and then counts itself in atomically. Both write before they look whether the lease
 * still lasts; whoever ends it does so before looking who is inside. For the plain writes that takes a fence on the owner's
 * side, which the rare closer from another thread brings about: {@link #awaitOwner}.
 */
abstract class LeaseAccess extends ConnectionState {

    /** How deep the owner is inside calls. */
    private static final int DEPTH = 0xFFFF;
    /** The owner called something since the lease began. */
    private static final int TOUCHED = 1 << 16;
    /** The owner called something since its last commit or rollback. */
    private static final int UNSETTLED = 1 << 17;

    private static final VarHandle OWN;

    static {
        try {
            OWN = MethodHandles.lookup().findVarHandle(LeaseAccess.class, "own", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final PhysicalConnection physical;
    private final long word;
    /** The thread that leased; {@code null} where every thread counts as another one. */
    private final @Nullable Thread owner;

    /** The owner's calls; written by it alone. */
    private int own;

    /** For whoever has just leased the slot, on the same thread. */
    LeaseAccess(Slot<PhysicalConnection> slot) {
        this.physical = slot.connection();
        this.word = slot.word();
        this.owner = physical.home.handlesTravel() ? null : Thread.currentThread();
        physical.lentFrom(slot);
        slot.heldBy(this);
    }

    /** For a lease that was made on another thread. */
    LeaseAccess(Lease<PhysicalConnection> lease) {
        this.physical = lease.connection();
        this.word = lease.word();
        this.owner = null;
        physical.lentFrom(lease.slot());
        lease.slot().heldBy(this);
    }

    @Override
    final PhysicalConnection physical() {
        return physical;
    }

    final Slot<PhysicalConnection> slot() {
        return physical.slot();
    }

    final long word() {
        return word;
    }

    /** Whether the lease is over, by {@code close}, {@code abort}, or because the pool took the connection back. */
    final boolean isOver() {
        return !physical.slot().isLeased(word);
    }

    private boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    @Override
    final Connection live() throws SQLException {
        if (isOver()) {
            throw ClosedHandleException.connection();
        }
        return physical.raw;
    }

    @Override
    final Connection enter() throws SQLException {
        boolean inside = isOwner() ? enterOwn(own | TOUCHED | UNSETTLED) : enterShared(PhysicalConnection.CALL);
        if (!inside) {
            throw ClosedHandleException.connection();
        }
        return physical.raw;
    }

    /**
     * Like {@link #enter}, for what dirties nothing: closing a part, or cancelling a statement. {@code false} when the lease
     * is over.
     */
    final boolean enterToEnd() {
        return isOwner() ? enterOwn(own) : enterShared(0);
    }

    private boolean enterOwn(int calls) {
        OWN.setOpaque(this, calls + 1);
        if (isOver()) {
            OWN.setOpaque(this, own - 1);
            return false;
        }
        physical.ownerInside((calls + 1) & DEPTH);
        return true;
    }

    private boolean enterShared(long call) {
        if (!physical.slot().share(word)) {
            return false;
        }
        physical.enterShared(call);
        if (isOver()) {
            physical.exitShared();
            return false;
        }
        return true;
    }

    @Override
    final void exit() {
        if (isOwner()) {
            int left = own - 1;
            OWN.setOpaque(this, left);
            physical.ownerInside(left & DEPTH);
        } else {
            physical.exitShared();
        }
        if (isOver()) {
            // Closed by another thread while this one was inside: nobody can say what state the connection is in.
            physical.broke();
        }
    }

    /** Notes a driver's statement or result set that is to be closed with the lease; from inside a call. */
    final void opened(AutoCloseable raw) {
        physical.opened(raw, isOwner());
    }

    /** Such a part was closed; from inside a call. */
    final void closed(AutoCloseable raw) {
        physical.closed(raw, isOwner());
    }

    // Settling

    @Override
    final long beforeSettling() {
        return physical.shared();
    }

    @Override
    final void settled(long sharedBefore) {
        boolean mine = isOwner();
        if (physical.settled(sharedBefore, mine ? 0 : 1) && mine && (own & DEPTH) == 0) {
            own &= ~UNSETTLED;
        }
    }

    /** Whether anything was done since the last commit or rollback. */
    final boolean isUnsettled() {
        return (own & UNSETTLED) != 0 || physical.isSharedUnsettled();
    }

    // Ending

    /**
     * Whether one compare-and-set may end the lease, as there is nothing to reset and nobody inside: as far as the slot is
     * {@linkplain Slot#share not shared}, which only that compare-and-set can tell.
     */
    final boolean mayEndAtOnce() {
        if (!isOwner()) {
            return owner == null && physical.isClean();
        }
        if ((own & DEPTH) != 0 || !physical.isClean()) {
            return false;
        }
        if ((own & TOUCHED) == 0) {
            return true;
        }
        boolean settled = (own & UNSETTLED) == 0 || physical.defaults.autoCommit();
        return settled && clearsWarnings();
    }

    private boolean clearsWarnings() {
        if (!enterOwn(own)) {
            return false;
        }
        try {
            physical.raw.clearWarnings();
            return true;
        } catch (SQLException | RuntimeException e) {
            // The claimed end will try it again, and retire the connection for it.
            return false;
        } finally {
            exit();
        }
    }

    /**
     * Whether somebody is inside a call; for whoever has claimed the slot. A call that begins from now on finds the lease
     * over.
     */
    final boolean isBusy() {
        awaitOwner();
        return ((int) OWN.getVolatile(this) & DEPTH) != 0 || physical.isAnyoneShared();
    }

    /**
     * Makes visible what the owner did so far, and to the owner that the lease is over: taking a thread's stack brings it
     * to a safepoint, with all it wrote before, or finds it blocked or unmounted, which is as good. A pool whose handles
     * are closed by other threads does this once for each that is out at the time; later ones have no owner.
     */
    private void awaitOwner() {
        if (owner == null || isOwner()) {
            return;
        }
        physical.home.aHandleTravelled();
        if (owner.isAlive()) {
            owner.getStackTrace();
        }
    }
}
