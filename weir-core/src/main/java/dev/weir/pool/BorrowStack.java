package dev.weir.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a lease was taken: a stack kept unrendered, for rendering it costs more than the whole lease. */
record BorrowStack(long word, @Nullable Throwable trace) {

    /** Asks the thread that was handed a slot to leave its own stack there. */
    static final BorrowStack REQUESTED = new BorrowStack(-1, null);

    private static final int FRAMES = 32;

    /** The classes through which every lease goes; what called them is the borrower. */
    private static final Set<String> POOL = Set.of(
            BorrowStack.class.getName(),
            Slot.class.getName(),
            Pool.class.getName(),
            Lease.class.getName(),
            WaitQueue.class.getName());

    static BorrowStack of(long word) {
        return new BorrowStack(word, new Throwable("borrowed here"));
    }

    boolean isRequest() {
        return trace == null;
    }

    /** The borrower's frames, without those of the pool itself, innermost first. */
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
