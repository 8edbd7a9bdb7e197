package dev.weir.socketio;

import dev.weir.time.Ticker;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks after everything on one event loop: one timer for the deadlines of all connections, and one wake-up for all
 * sessions that have something to send. Connections cost it a place in an array, and no timer or task of their own.
 */
final class Warden {

    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int MANY = 1000;

    private final EventLoop loop;
    private final Ticker ticker;
    private final AtomicReference<@Nullable EngineSession> dirty = new AtomicReference<>();
    private final AtomicLong nextSweep = new AtomicLong(Long.MAX_VALUE);

    // On the loop only.
    private @Nullable Tended[] tended = new Tended[16];
    private int size;
    private @Nullable ScheduledFuture<?> timer;
    private long sweptAt;

    Warden(EventLoop loop, Ticker ticker) {
        this.loop = loop;
        this.ticker = ticker;
        this.sweptAt = ticker.nanos();
    }

    EventLoop loop() {
        return loop;
    }

    /** Any thread. */
    void add(Tended one, long due) {
        if (!loop.inEventLoop()) {
            loop.execute(() -> add(one, due));
            return;
        }
        if (one.place() < 0) {
            if (size == tended.length) {
                tended = Arrays.copyOf(tended, size * 2);
            }
            one.place(size);
            tended[size++] = one;
        }
        dueBy(due);
    }

    /** Any thread. */
    void remove(Tended one) {
        if (!loop.inEventLoop()) {
            loop.execute(() -> remove(one));
            return;
        }
        int place = one.place();
        if (place < 0) {
            return;
        }
        Tended last = tended[--size];
        tended[size] = null;
        if (last != null && last != one) {
            tended[place] = last;
            last.place(place);
        }
        one.place(-1);
        if (size == 0) {
            tended = new Tended[16];
        }
    }

    /** Asks for a sweep no later than this. Any thread. */
    void dueBy(long due) {
        if (due - nextSweep.get() < 0 || nextSweep.get() == Long.MAX_VALUE) {
            if (loop.inEventLoop()) {
                schedule(due);
            } else {
                loop.execute(() -> schedule(due));
            }
        }
    }

    private void schedule(long due) {
        long pause = size > MANY ? 5 * SHORTEST_PAUSE : SHORTEST_PAUSE;
        long at = Math.max(due, sweptAt + pause);
        if (timer != null) {
            if (at - nextSweep.get() >= 0) {
                return;
            }
            timer.cancel(false);
        }
        nextSweep.set(at);
        timer = loop.schedule(this::sweep, Math.max(0, at - ticker.nanos()), TimeUnit.NANOSECONDS);
    }

    /** Sweeps now; the housekeeper asks for it, and a test that has moved the time. Any thread. */
    void sweepSoon() {
        if (!loop.isShuttingDown()) {
            loop.execute(this::sweep);
        }
    }

    private void sweep() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        nextSweep.set(Long.MAX_VALUE);
        long now = ticker.nanos();
        sweptAt = now;
        long next = now + TimeUnit.SECONDS.toNanos(60);
        for (int i = size - 1; i >= 0; i--) {
            Tended one = i < size ? tended[i] : null;
            if (one != null) {
                long due = one.tend(now);
                if (due - next < 0) {
                    next = due;
                }
            }
        }
        if (size > 0) {
            schedule(next);
        }
    }

    /** The session has something to send; its loop will see to it, with all others at once. Any thread. */
    void markDirty(EngineSession session) {
        if (!session.becomeDirty()) {
            return;
        }
        EngineSession before;
        do {
            before = dirty.get();
            session.nextDirty = before;
        } while (!dirty.compareAndSet(before, session));
        if (before == null) {
            try {
                loop.execute(this::drain);
            } catch (java.util.concurrent.RejectedExecutionException shutDown) {
                dirty.set(null);
            }
        }
    }

    private void drain() {
        EngineSession newest = dirty.getAndSet(null);
        EngineSession oldest = null;
        while (newest != null) {
            EngineSession next = newest.nextDirty;
            newest.nextDirty = oldest;
            oldest = newest;
            newest = next;
        }
        while (oldest != null) {
            EngineSession next = oldest.nextDirty;
            oldest.nextDirty = null;
            oldest.becomeClean();
            oldest.outbound().drain(this);
            oldest = next;
        }
    }
}
