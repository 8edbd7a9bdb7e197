package dev.weir.socketio.redis;

import dev.weir.socketio.codec.JsonAdapter;
import dev.weir.socketio.codec.MalformedPacketException;
import dev.weir.socketio.codec.MsgpackTrees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages as npm's adapter has them: in the stream as fields {@code uid}, {@code nsp}, {@code type} and {@code data},
 * the data being JSON or, with binary in it, MessagePack in Base64; to be published as one MessagePack map.
 */
final class MessageFormat {

    static final String NAMESPACE = "nsp";
    static final String UID = "uid";
    static final String TYPE = "type";
    static final String DATA = "data";

    private final JsonAdapter json;

    MessageFormat(JsonAdapter json) {
        this.json = json;
    }

    // In the stream

    /** @throws IllegalArgumentException if a value cannot be written */
    Map<String, byte[]> toFields(ClusterMessage message) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        fields.put(UID, bytes(message.uid()));
        fields.put(NAMESPACE, bytes(message.namespace()));
        fields.put(TYPE, bytes(Integer.toString(message.type().number)));
        List<byte[]> attachments = new ArrayList<>(0);
        String text = json.write(message.data(), attachments);
        fields.put(
                DATA,
                attachments.isEmpty()
                        ? bytes(text)
                        : Base64.getEncoder().encode(MsgpackTrees.write(json.toTree(message.data()))));
        return fields;
    }

    /** {@code null}: a type that says nothing to us. */
    @Nullable ClusterMessage fromFields(Map<String, byte[]> fields) throws MalformedPacketException {
        try {
            MessageType type = MessageType.of(Long.parseLong(text(fields, TYPE)));
            if (type == null) {
                return null;
            }
            String data = text(fields, DATA);
            return new ClusterMessage(text(fields, UID), text(fields, NAMESPACE), type, data(data));
        } catch (IllegalArgumentException bad) {
            throw new MalformedPacketException("an entry is not as it ought to be", bad);
        }
    }

    private Map<String, @Nullable Object> data(String data) throws MalformedPacketException {
        if (!data.startsWith("{")) {
            return Values.map(
                    MsgpackTrees.read(Base64.getDecoder().decode(data)).tree(), DATA);
        }
        json.elements(data, 0);
        return Values.map(json.read(data, Object.class, List.of()), DATA);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Map<String, byte[]> fields, String name) throws MalformedPacketException {
        byte[] value = fields.get(name);
        if (value == null) {
            throw new MalformedPacketException("an entry has no " + name);
        }
        return new String(value, StandardCharsets.UTF_8);
    }

    // Published

    /** @throws IllegalArgumentException if a value cannot be written */
    byte[] toBytes(ClusterMessage message) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(TYPE, message.type().number);
        map.put(DATA, message.data());
        map.put(UID, message.uid());
        map.put(NAMESPACE, message.namespace());
        return MsgpackTrees.write(json.toTree(map));
    }

    /** {@code null}: a type that says nothing to us. */
    static @Nullable ClusterMessage fromBytes(byte[] bytes) throws MalformedPacketException {
        Map<String, @Nullable Object> map = Values.map(MsgpackTrees.read(bytes).tree(), "a message");
        MessageType type = MessageType.of(Values.number(map.get(TYPE), TYPE));
        if (type == null) {
            return null;
        }
        return new ClusterMessage(
                Values.text(map.get(UID), UID),
                Values.text(map.get(NAMESPACE), NAMESPACE),
                type,
                Values.map(map.get(DATA), DATA));
    }
}
