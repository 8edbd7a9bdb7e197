package dev.weir.socketio;

import java.util.Set;

/**
 * Whom a broadcast is for. Immutable.
 *
 * @param rooms the rooms, a socket's id being one of them; empty: everyone in the namespace
 * @param except rooms whose sockets do not get it
 * @param isVolatile whether it may be dropped when a transport cannot take it at once
 * @param local whether it stays on this server
 */
public record Target(Set<String> rooms, Set<String> except, boolean isVolatile, boolean local) {

    /** Copies the sets. */
    public Target {
        rooms = Set.copyOf(rooms);
        except = Set.copyOf(except);
    }

    /** Whether a socket that is in these rooms and has this id is meant. */
    public boolean includes(String id, Set<String> in) {
        boolean meant = rooms.isEmpty() || rooms.contains(id) || in.stream().anyMatch(rooms::contains);
        return meant && !except.contains(id) && in.stream().noneMatch(except::contains);
    }
}
