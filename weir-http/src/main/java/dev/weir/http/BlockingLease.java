package dev.weir.http;

import dev.weir.pool.AcquireException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.pool.PoolEntry;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits in the engine's queue on the thread that calls {@link #get}, and nowhere before. Another thread may
 * cancel it, which interrupts that wait and nothing after it.
 */
final class BlockingLease<C extends HttpConnection> implements Future<PoolEntry<HttpRoute, C>>, PreparedLease<C> {

    private static final int NEW = 0;
    private static final int WAITING = 1;
    private static final int DONE = 2;
    private static final int INTERRUPTING = 3;
    private static final int CANCELLED = 4;

    private static final VarHandle PHASE;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(BlockingLease.class, "phase", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("FieldMayBeFinal") // moved through PHASE
    private volatile int phase = NEW;

    private final @Nullable Object state;
    private @Nullable RouteEntryPool<C> pool;
    private @Nullable HttpRoute route;
    private @Nullable Thread waiter;
    private @Nullable Place<C> place;

    BlockingLease(@Nullable Object state) {
        this.state = state;
    }

    BlockingLease<C> from(RouteEntryPool<C> of, HttpRoute to) {
        pool = of;
        route = to;
        return this;
    }

    /** Notes what the borrower holds, so that its loss can be noticed. */
    void heldBy(Object handle) {
        Place<C> lent = place;
        if (lent != null) {
            lent.slot().heldBy(handle);
        }
    }

    @Override
    public PoolEntry<HttpRoute, C> get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        waiter = Thread.currentThread();
        if (!PHASE.compareAndSet(this, NEW, WAITING)) {
            Place<C> lent = place;
            if (phase == DONE && lent != null) {
                return lent.entry;
            }
            throw new CancellationException("the request for a connection was cancelled");
        }
        RouteEntryPool<C> from = Objects.requireNonNull(pool, "a request is made of a pool");
        Place<C> lent;
        try {
            lent = from.lease(Objects.requireNonNull(route, "and for a route"), state, from.waitNanos(timeout, unit));
        } catch (AcquireException refused) {
            endWait(null);
            throw translated(refused);
        } catch (RuntimeException refused) {
            endWait(null);
            throw new ExecutionException(refused.getMessage(), refused);
        }
        place = lent;
        endWait(lent);
        return lent.entry;
    }

    @Override
    public PoolEntry<HttpRoute, C> get() throws InterruptedException, ExecutionException {
        try {
            return get(0, TimeUnit.NANOSECONDS);
        } catch (TimeoutException timedOut) {
            throw new ExecutionException(timedOut.getMessage(), timedOut);
        }
    }

    /** The wait is over; if somebody cancels it just now, the interrupt is waited for, and taken. */
    private void endWait(@Nullable Place<C> lent) {
        if (PHASE.compareAndSet(this, WAITING, DONE)) {
            return;
        }
        while (phase != CANCELLED) {
            LockSupport.park(this);
        }
        Thread.interrupted();
        if (lent != null && pool != null) {
            pool.release(lent.entry, lent.entry.hasConnection());
        }
        throw new CancellationException("the request for a connection was cancelled");
    }

    private static ExecutionException translated(AcquireException refused)
            throws InterruptedException, TimeoutException {
        switch (refused.reason()) {
            case TIMEOUT -> throw withCause(new TimeoutException(refused.getMessage()), refused);
            case INTERRUPTED -> {
                Thread.interrupted(); // the exception says it instead
                throw withCause(new InterruptedException(refused.getMessage()), refused);
            }
            default -> {
                return new ExecutionException(refused.getMessage(), refused);
            }
        }
    }

    private static <E extends Exception> E withCause(E exception, AcquireException cause) {
        exception.initCause(cause);
        return exception;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (PHASE.compareAndSet(this, NEW, CANCELLED)) {
            return true;
        }
        Thread waiting = waiter;
        if (waiting == null || !PHASE.compareAndSet(this, WAITING, INTERRUPTING)) {
            return false;
        }
        waiting.interrupt();
        phase = CANCELLED;
        LockSupport.unpark(waiting);
        return true;
    }

    @Override
    public boolean isCancelled() {
        return phase >= INTERRUPTING;
    }

    @Override
    public boolean isDone() {
        return phase >= DONE;
    }

    /** The library's log shows this where it shows the request's state. */
    @Override
    public String toString() {
        return String.valueOf(state);
    }
}
