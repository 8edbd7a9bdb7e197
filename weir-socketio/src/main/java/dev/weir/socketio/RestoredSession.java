package dev.weir.socketio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client was, and what it has missed.
 *
 * @param session what it was
 * @param missed the events, each with its name first and its offset last, in their order
 */
public record RestoredSession(SavedSession session, List<List<@Nullable Object>> missed) {

    /** Copies the list. */
    public RestoredSession {
        missed = List.copyOf(missed);
    }
}
