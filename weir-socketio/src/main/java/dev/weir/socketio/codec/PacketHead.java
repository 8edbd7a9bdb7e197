package dev.weir.socketio.codec;

import java.util.List;

/** What stands before the JSON of a text packet. */
record PacketHead(PacketType wireType, int attachments, String namespace, long id, int dataFrom) {

    /** A longer name is nobody's namespace; a number of more digits is nobody's answer. */
    static final int MAX_NAMESPACE = 256;

    private static final int MAX_ID_DIGITS = 16;
    /** JavaScript counts no further without losing some. */
    private static final long MAX_ID = (1L << 53) - 1;

    private static final int MAX_ATTACHMENT_DIGITS = 5;

    static PacketHead of(String text) throws MalformedPacketException {
        if (text.isEmpty()) {
            throw new MalformedPacketException("empty packet");
        }
        PacketType type = PacketType.of(text.charAt(0) - '0');
        int at = 1;
        int attachments = 0;
        if (type != type.plain()) {
            int end = digitsEnd(text, at);
            if (end == at || end - at > MAX_ATTACHMENT_DIGITS || end == text.length() || text.charAt(end) != '-') {
                throw new MalformedPacketException("bad number of attachments");
            }
            attachments = Integer.parseInt(text, at, end, 10);
            if (attachments == 0) {
                throw new MalformedPacketException("a binary packet without attachments");
            }
            at = end + 1;
        }
        String namespace = Packet.MAIN_NAMESPACE;
        if (at < text.length() && text.charAt(at) == '/') {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            if (end - at > MAX_NAMESPACE) {
                throw new MalformedPacketException("the namespace's name is too long");
            }
            namespace = text.substring(at, end);
            at = comma < 0 ? end : end + 1;
        }
        long id = Packet.NO_ID;
        int idEnd = digitsEnd(text, at);
        if (idEnd > at) {
            if (idEnd - at > MAX_ID_DIGITS) {
                throw new MalformedPacketException("bad id of an answer");
            }
            id = Long.parseLong(text, at, idEnd, 10);
            if (id > MAX_ID) {
                throw new MalformedPacketException("bad id of an answer");
            }
        }
        return new PacketHead(type, attachments, namespace, id, idEnd);
    }

    /** The elements of the data, checked for this type. */
    List<String> data(String text, JsonAdapter json) throws MalformedPacketException {
        PacketType type = wireType.plain();
        boolean present = dataFrom < text.length();
        char first = present ? text.charAt(dataFrom) : 0;
        boolean fits = switch (type) {
            case CONNECT -> !present || first == '{';
            case DISCONNECT -> !present;
            case EVENT, ACK -> first == '[';
            default -> first == '{' || first == '"';
        };
        if (!fits) {
            throw new MalformedPacketException("a " + type + " cannot carry this payload");
        }
        if (type == PacketType.ACK && id == Packet.NO_ID) {
            throw new MalformedPacketException("an answer to nothing");
        }
        if (!present) {
            return List.of();
        }
        if (first == '"') {
            return json.elements("[" + text.substring(dataFrom) + "]", 0);
        }
        List<String> elements = json.elements(text.substring(dataFrom), attachments);
        if (type == PacketType.EVENT) {
            if (elements.isEmpty()) {
                throw new MalformedPacketException("an event without a name");
            }
            EventNames.check(elements.get(0).charAt(0), name(elements.get(0), json));
        }
        return elements;
    }

    private static String name(String element, JsonAdapter json) {
        char first = element.charAt(0);
        if (first == '"') {
            return String.valueOf(json.read(element, String.class, List.of()));
        }
        return element;
    }

    Packet packet(List<String> elements, List<byte[]> attachments, JsonAdapter json) {
        Arguments arguments = elements.isEmpty() ? Arguments.none() : new JsonArguments(elements, attachments, json);
        return new Packet(wireType.plain(), namespace, id, arguments);
    }

    private static int digitsEnd(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
