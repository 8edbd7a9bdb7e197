package dev.weir.socketio.codec;

import java.util.Set;

/** What an event may be called. */
public final class EventNames {

    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private EventNames() {}

    /** Whether Socket.IO keeps this name for itself. */
    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /** @param firstChar the first character of its JSON text: events have names or, rarely, numbers */
    static void check(char firstChar, String name) throws MalformedPacketException {
        boolean number = firstChar == '-' || (firstChar >= '0' && firstChar <= '9');
        if (firstChar != '"' && !number) {
            throw new MalformedPacketException("an event's name is a string");
        }
        if (!number && isReserved(name)) {
            throw new MalformedPacketException("an event with a reserved name");
        }
    }
}
