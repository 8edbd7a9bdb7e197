package dev.weir.socketio.codec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The format of <a href="https://github.com/socketio/socket.io-msgpack-parser">socket.io-msgpack-parser</a>: a packet is
 * one MessagePack map of {@code type}, {@code nsp}, {@code data} and {@code id}, sent as one binary message.
 */
final class MsgpackFormat implements PacketFormat {

    private final JsonAdapter json;

    MsgpackFormat(JsonAdapter json) {
        this.json = json;
    }

    @Override
    public EncodedPacket encode(Packet packet) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("type", packet.type().number());
        if (packet.data() != null) {
            map.put("data", json.toTree(packet.data()));
        }
        map.put("nsp", packet.namespace());
        if (packet.id() != Packet.NO_ID) {
            map.put("id", packet.id());
        }
        return new EncodedPacket(null, List.of(MsgpackTrees.write(map)));
    }

    @Override
    public Decoder decoder(int maxAttachments, int maxAttachmentBytes) {
        return new Decoder() {
            @Override
            public Packet text(String message) throws MalformedPacketException {
                throw new MalformedPacketException("text where MessagePack was agreed on");
            }

            @Override
            public Packet binary(byte[] message) throws MalformedPacketException {
                return decode(message);
            }
        };
    }

    private Packet decode(byte[] message) throws MalformedPacketException {
        MsgpackTrees.Reading reading = MsgpackTrees.read(message);
        if (!(reading.tree() instanceof Map<?, ?> map)) {
            throw new MalformedPacketException("a packet is a map");
        }
        if (!(map.get("type") instanceof Long number) || number < 0 || number > PacketType.CONNECT_ERROR.number()) {
            throw new MalformedPacketException("unknown packet type");
        }
        PacketType type = PacketType.of(number.intValue());
        if (!(map.get("nsp") instanceof String namespace) || namespace.length() > PacketHead.MAX_NAMESPACE) {
            throw new MalformedPacketException("a packet names its namespace");
        }
        return new Packet(
                type,
                namespace.isEmpty() ? Packet.MAIN_NAMESPACE : namespace,
                id(type, map.get("id")),
                new TreeArguments(data(type, map.get("data")), json, reading.weight()));
    }

    private static long id(PacketType type, @Nullable Object id) throws MalformedPacketException {
        if (id == null && type != PacketType.ACK) {
            return Packet.NO_ID;
        }
        if (!(id instanceof Long number) || number < 0) {
            throw new MalformedPacketException("bad id of an answer");
        }
        return number;
    }

    private static List<@Nullable Object> data(PacketType type, @Nullable Object data) throws MalformedPacketException {
        switch (type) {
            case EVENT -> {
                if (data instanceof List<?> list && !list.isEmpty()) {
                    Object name = list.get(0);
                    char first = name instanceof String ? '"' : name instanceof Number ? '0' : 'x';
                    EventNames.check(first, String.valueOf(name));
                    return elements(list);
                }
            }
            case ACK -> {
                if (data instanceof List<?> list) {
                    return elements(list);
                }
            }
            case DISCONNECT -> {
                if (data == null) {
                    return List.of();
                }
            }
            case CONNECT -> {
                if (data == null) {
                    return List.of();
                }
                if (data instanceof Map<?, ?>) {
                    return List.of(data);
                }
            }
            default -> {
                if (data instanceof Map<?, ?> || data instanceof String) {
                    return List.of(data);
                }
            }
        }
        throw new MalformedPacketException("a " + type + " cannot carry this payload");
    }

    @SuppressWarnings("unchecked") // a list of anything
    private static List<@Nullable Object> elements(List<?> list) {
        return (List<@Nullable Object>) list;
    }
}
