package dev.weir.pool;

import dev.weir.event.LeakVerdict;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** Takes the place of a suspected lease's handle in its slot, so that the handle can be collected when it is lost. */
final class LeakWatch {

    private final long word;
    private final @Nullable WeakReference<Object> handle;
    private @Nullable LeakVerdict said;

    LeakWatch(long word, @Nullable Object handle) {
        this.word = word;
        this.handle = handle == null ? null : new WeakReference<>(handle);
    }

    long word() {
        return word;
    }

    boolean isCollected() {
        return handle != null && handle.refersTo(null);
    }

    /** Whether a verdict is worth a report: the first one, or a surer one than before. */
    boolean isNews(LeakVerdict verdict) {
        LeakVerdict before = said;
        return before == null || verdict.compareTo(before) < 0;
    }

    void reported(LeakVerdict verdict) {
        said = verdict;
    }
}
