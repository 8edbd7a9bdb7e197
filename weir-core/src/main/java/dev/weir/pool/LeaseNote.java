package dev.weir.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a lease left in its slot as it began: when that was, and perhaps where, as a stack kept unrendered, for rendering it
 * costs more than the whole lease.
 *
 * @param word of the lease
 * @param nanos when it began, on the pool's ticker
 * @param trace the borrower's stack; {@code null}: not kept
 */
record LeaseNote(long word, long nanos, @Nullable Throwable trace) {

    private static final int FRAMES = 32;
    /** Words that no lease has. */
    private static final long TIME_REQUESTED = -1;

    private static final long STACK_REQUESTED = -2;

    /** The classes through which every lease goes; what called them is the borrower. */
    private static final Set<String> POOL = Set.of(
            LeaseNote.class.getName(),
            Slot.class.getName(),
            Pool.class.getName(),
            Lease.class.getName(),
            WaitQueue.class.getName());

    /** What leases leave. */
    enum Kind {
        NOTHING,
        TIME,
        /** And the time. */
        STACK
    }

    /** The calling thread's. */
    static LeaseNote of(Kind kind, long word, long nanos) {
        return new LeaseNote(word, nanos, kind == Kind.STACK ? new Throwable("borrowed here") : null);
    }

    /** Asks the thread that was handed a slot to leave its own note there. */
    static LeaseNote request(Kind kind) {
        return new LeaseNote(kind == Kind.STACK ? STACK_REQUESTED : TIME_REQUESTED, 0, null);
    }

    boolean isRequest() {
        return word < 0;
    }

    /** What a request asks for. */
    Kind requested() {
        return word == STACK_REQUESTED ? Kind.STACK : Kind.TIME;
    }

    /** The borrower's frames, without those of the pool itself, innermost first; empty where they were not kept. */
    List<String> frames() {
        return trace == null ? List.of() : render(trace.getStackTrace());
    }

    static List<String> render(StackTraceElement[] stack) {
        List<String> frames = new ArrayList<>();
        boolean inside = true;
        for (StackTraceElement frame : stack) {
            inside = inside && POOL.contains(frame.getClassName());
            if (!inside && frames.size() < FRAMES) {
                frames.add(frame.toString());
            }
        }
        return frames;
    }
}
