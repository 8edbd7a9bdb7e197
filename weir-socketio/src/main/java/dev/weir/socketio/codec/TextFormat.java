package dev.weir.socketio.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format of <a href="https://socket.io/docs/v4/socket-io-protocol/">the Socket.IO protocol, revision 5</a>:
 * {@code type[N-][/namespace,][id][json]}, followed by N binary messages.
 */
final class TextFormat implements PacketFormat {

    private final JsonAdapter json;

    TextFormat(JsonAdapter json) {
        this.json = json;
    }

    @Override
    public EncodedPacket encode(Packet packet) {
        List<byte[]> attachments = new ArrayList<>(0);
        String data = packet.data() == null ? null : json.write(packet.data(), attachments);
        StringBuilder text = new StringBuilder(16 + (data == null ? 0 : data.length()));
        text.append(
                (char) ('0' + wireType(packet.type(), !attachments.isEmpty()).number()));
        if (!attachments.isEmpty()) {
            text.append(attachments.size()).append('-');
        }
        if (!packet.namespace().equals(Packet.MAIN_NAMESPACE)) {
            text.append(packet.namespace()).append(',');
        }
        if (packet.id() != Packet.NO_ID) {
            text.append(packet.id());
        }
        if (data != null) {
            text.append(data);
        }
        return new EncodedPacket(text.toString(), attachments);
    }

    private static PacketType wireType(PacketType type, boolean binary) {
        if (!binary) {
            return type;
        }
        return switch (type) {
            case EVENT -> PacketType.BINARY_EVENT;
            case ACK -> PacketType.BINARY_ACK;
            default -> throw new IllegalArgumentException(type + " cannot carry binary: only events and answers can");
        };
    }

    @Override
    public Decoder decoder(int maxAttachments, int maxAttachmentBytes) {
        return new TextDecoder(json, maxAttachments, maxAttachmentBytes);
    }

    /** At rest it holds nothing but its limits; while attachments are due, the packet's head and those that came. */
    private static final class TextDecoder implements Decoder {
        private final JsonAdapter json;
        private final int maxAttachments;
        private final int maxAttachmentBytes;
        private @Nullable Assembly assembly;

        TextDecoder(JsonAdapter json, int maxAttachments, int maxAttachmentBytes) {
            this.json = json;
            this.maxAttachments = maxAttachments;
            this.maxAttachmentBytes = maxAttachmentBytes;
        }

        @Override
        public @Nullable Packet text(String message) throws MalformedPacketException {
            if (assembly != null) {
                throw new MalformedPacketException("text where attachments are due");
            }
            PacketHead head = PacketHead.of(message);
            if (head.attachments() > maxAttachments) {
                throw new MalformedPacketException("too many attachments");
            }
            List<String> elements = head.data(message, json);
            if (head.attachments() == 0) {
                return head.packet(elements, List.of(), json);
            }
            assembly = new Assembly(head, elements);
            return null;
        }

        @Override
        public @Nullable Packet binary(byte[] message) throws MalformedPacketException {
            Assembly current = assembly;
            if (current == null) {
                throw new MalformedPacketException("binary where none is due");
            }
            current.bytes += message.length;
            if (current.bytes > maxAttachmentBytes) {
                throw new MalformedPacketException("attachments are too large together");
            }
            current.attachments.add(message);
            if (current.attachments.size() < current.head.attachments()) {
                return null;
            }
            assembly = null;
            return current.head.packet(current.elements, current.attachments, json);
        }

        @Override
        public int heldBytes() {
            return assembly == null ? 0 : assembly.heldBytes();
        }
    }

    private static final class Assembly {
        /** A small object or two, and their place in a list. */
        private static final int OBJECT_BYTES = 64;

        final PacketHead head;
        final List<String> elements;
        final List<byte[]> attachments = new ArrayList<>();
        private final int elementBytes;
        long bytes;

        Assembly(PacketHead head, List<String> elements) {
            this.head = head;
            this.elements = elements;
            int sum = 0;
            for (String element : elements) {
                sum += element.length() + OBJECT_BYTES;
            }
            this.elementBytes = sum;
        }

        int heldBytes() {
            return elementBytes + (int) bytes + OBJECT_BYTES * (1 + attachments.size());
        }
    }
}
