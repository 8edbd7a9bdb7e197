package dev.weir.socketio.redis;

import dev.weir.socketio.codec.MalformedPacketException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one server tells the others.
 *
 * @param uid the server's id in the namespace
 * @param namespace the namespace's name
 * @param type what it is
 * @param data what it says
 */
record ClusterMessage(String uid, String namespace, MessageType type, Map<String, @Nullable Object> data) {

    /** The request it is, or answers; {@code null}: it wants no answer. */
    @Nullable String requestId() throws MalformedPacketException {
        Object id = data.get("requestId");
        if (id == null) {
            return null;
        }
        return Values.text(id, "requestId");
    }

    /** What it is and whose; never what it says. */
    @Override
    public String toString() {
        return type + " of " + uid + " in " + namespace;
    }
}
