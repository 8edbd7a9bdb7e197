package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Answers awaited from one socket. Bounded; each ends by its deadline. Safe for all threads. */
final class PendingAcks {

    private static final long FAR = TimeUnit.HOURS.toNanos(1);

    /** Gets the answer or why there is none; called without the lock. */
    interface Awaiting {
        void answered(Arguments arguments);

        void failed(AckException.Why why);
    }

    private record Pending(Awaiting awaiting, long deadline) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Pending> pending = new HashMap<>(4);
    private boolean over;

    /** Returns why not, or {@code null}. */
    AckException.@Nullable Why add(long id, Awaiting awaiting, long deadline, int most) {
        lock.lock();
        try {
            if (over) {
                return AckException.Why.DISCONNECTED;
            }
            if (pending.size() >= most) {
                return AckException.Why.TOO_MANY;
            }
            pending.put(id, new Pending(awaiting, deadline));
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** An answer to nothing, or too late, is nobody's. */
    void answered(long id, Arguments arguments) {
        Pending one = remove(id);
        if (one != null) {
            one.awaiting.answered(arguments);
        }
    }

    void fail(long id, AckException.Why why) {
        Pending one = remove(id);
        if (one != null) {
            one.awaiting.failed(why);
        }
    }

    private @Nullable Pending remove(long id) {
        lock.lock();
        try {
            return pending.remove(id);
        } finally {
            lock.unlock();
        }
    }

    /** Ends what is due and returns when the next is. */
    long tend(long now, Runnable whenLate) {
        List<Awaiting> late = null;
        long next = now + FAR;
        lock.lock();
        try {
            for (Iterator<Pending> all = pending.values().iterator(); all.hasNext(); ) {
                Pending one = all.next();
                if (now - one.deadline >= 0) {
                    if (late == null) {
                        late = new ArrayList<>();
                    }
                    late.add(one.awaiting);
                    all.remove();
                } else if (one.deadline - next < 0) {
                    next = one.deadline;
                }
            }
        } finally {
            lock.unlock();
        }
        if (late != null) {
            for (Awaiting one : late) {
                whenLate.run();
                one.failed(AckException.Why.TIMEOUT);
            }
        }
        return next;
    }

    void disconnected() {
        List<Pending> all;
        lock.lock();
        try {
            over = true;
            all = List.copyOf(pending.values());
            pending.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(one -> one.awaiting.failed(AckException.Why.DISCONNECTED));
    }
}
