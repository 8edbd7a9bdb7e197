package dev.weir.socketio;

import java.util.Map;
import java.util.Set;

/**
 * A socket of this or another server, as it was when it was asked for. Immutable.
 *
 * @param id its id
 * @param rooms its rooms, its own among them
 * @param data its data
 * @param address its client's address
 */
public record RemoteSocket(String id, Set<String> rooms, Map<String, Object> data, String address) {

    /** Copies the collections. */
    public RemoteSocket {
        rooms = Set.copyOf(rooms);
        data = Map.copyOf(data);
    }
}
