package dev.weir.pool;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a lease was taken: a stack kept unrendered, for rendering it costs more than the whole lease. */
record BorrowStack(long word, @Nullable Throwable trace) {

    /** Asks the thread that was handed a slot to leave its own stack there. */
    static final BorrowStack REQUESTED = new BorrowStack(-1, null);

    private static final int FRAMES = 32;

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
            inside = inside && frame.getClassName().startsWith("dev.weir.pool.");
            if (!inside && frames.size() < FRAMES) {
                frames.add(frame.toString());
            }
        }
        return frames;
    }
}
