package dev.weir.socketio;

import java.util.Map;
import java.util.Set;

/**
 * What a client was when its connection was lost. Immutable.
 *
 * @param id its socket's id
 * @param pid a secret between it and the servers
 * @param rooms its rooms, its own among them
 * @param data what the application remembered of it
 */
public record SavedSession(String id, String pid, Set<String> rooms, Map<String, Object> data) {

    /** Copies the collections. */
    public SavedSession {
        rooms = Set.copyOf(rooms);
        data = Map.copyOf(data);
    }

    /** Its socket's id; the secret stays out. */
    @Override
    public String toString() {
        return "session of socket " + id;
    }
}
