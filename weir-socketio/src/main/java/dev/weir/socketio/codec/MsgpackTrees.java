package dev.weir.socketio.codec;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/**
 * Trees of maps, lists, strings, numbers, booleans, {@code null} and {@code byte[]} as MessagePack, read with bounds on
 * depth and on what lengths may claim. Needs {@code org.msgpack:msgpack-core}.
 */
public final class MsgpackTrees {

    private static final int MAX_DEPTH = 128;
    /** Heap that an element costs beside its bytes: a reference, a header, a collection's own fields. */
    private static final int ELEMENT_WEIGHT = 48;
    /** The JavaScript encoder writes {@code undefined} as an extension of this type and one byte. */
    private static final byte JAVASCRIPT_TYPE = 0;

    private MsgpackTrees() {}

    /**
     * What was read.
     *
     * @param tree the tree
     * @param weight an estimate of its bytes of heap
     */
    public record Reading(@Nullable Object tree, int weight) {}

    /**
     * Reads a tree.
     *
     * @throws MalformedPacketException if the bytes are anything but one tree
     */
    public static Reading read(byte[] message) throws MalformedPacketException {
        Reader reader = new Reader(message);
        try (MessageUnpacker in = MessagePack.newDefaultUnpacker(message)) {
            Object tree = reader.value(in, 0);
            if (in.hasNext()) {
                throw new MalformedPacketException("something follows the packet");
            }
            return new Reading(tree, message.length + reader.elements * ELEMENT_WEIGHT);
        } catch (IOException | MessagePackException | IllegalArgumentException bad) {
            throw new MalformedPacketException("the packet is not MessagePack", bad);
        }
    }

    private static final class Reader {
        private final byte[] message;
        private int elements;

        Reader(byte[] message) {
            this.message = message;
        }

        @Nullable Object value(MessageUnpacker in, int depth) throws IOException, MalformedPacketException {
            if (depth > MAX_DEPTH) {
                throw new MalformedPacketException("the packet is nested too deeply");
            }
            elements++;
            return switch (in.getNextFormat().getValueType()) {
                case NIL -> {
                    in.unpackNil();
                    yield null;
                }
                case BOOLEAN -> in.unpackBoolean();
                case INTEGER -> integer(in);
                case FLOAT -> in.unpackDouble();
                case STRING -> new String(in.readPayload(checked(in.unpackRawStringHeader())), StandardCharsets.UTF_8);
                case BINARY -> in.readPayload(checked(in.unpackBinaryHeader()));
                case ARRAY -> list(in, depth);
                case MAP -> map(in, depth);
                case EXTENSION -> extension(in);
            };
        }

        private static Object integer(MessageUnpacker in) throws IOException {
            BigInteger number = in.unpackBigInteger();
            return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
        }

        private List<@Nullable Object> list(MessageUnpacker in, int depth)
                throws IOException, MalformedPacketException {
            int size = checked(in.unpackArrayHeader());
            List<@Nullable Object> list = new ArrayList<>(Math.min(size, 16));
            for (int i = 0; i < size; i++) {
                list.add(value(in, depth + 1));
            }
            return list;
        }

        private Map<String, @Nullable Object> map(MessageUnpacker in, int depth)
                throws IOException, MalformedPacketException {
            int size = checked(in.unpackMapHeader());
            Map<String, @Nullable Object> map = new LinkedHashMap<>(Math.min(size, 16) * 2);
            for (int i = 0; i < size; i++) {
                Object key = value(in, depth + 1);
                if (!(key instanceof String) && !(key instanceof Number)) {
                    throw new MalformedPacketException("a key is a string");
                }
                map.put(key.toString(), value(in, depth + 1));
            }
            return map;
        }

        private @Nullable Object extension(MessageUnpacker in) throws IOException, MalformedPacketException {
            ExtensionTypeHeader header = in.unpackExtensionTypeHeader();
            byte[] payload = in.readPayload(checked(header.getLength()));
            return header.getType() == JAVASCRIPT_TYPE && payload.length == 1 ? null : payload;
        }

        /** No length can be more than the bytes that are there: each element takes at least one. */
        private int checked(int length) throws MalformedPacketException {
            if (length < 0 || length > message.length) {
                throw new MalformedPacketException("a length beyond the packet");
            }
            return length;
        }
    }

    /**
     * Writes a tree.
     *
     * @throws IllegalArgumentException if something in it is no part of a tree
     */
    public static byte[] write(@Nullable Object tree) {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            write(tree, out);
            return out.toByteArray();
        } catch (IOException | MessagePackException failure) {
            throw new IllegalArgumentException("a value cannot be written as MessagePack", failure);
        }
    }

    private static void write(@Nullable Object tree, MessagePacker out) throws IOException {
        if (tree == null) {
            out.packNil();
        } else if (tree instanceof String text) {
            out.packString(text);
        } else if (tree instanceof Boolean truth) {
            out.packBoolean(truth);
        } else if (tree instanceof Float || tree instanceof Double || tree instanceof java.math.BigDecimal) {
            out.packDouble(((Number) tree).doubleValue());
        } else if (tree instanceof BigInteger big) {
            out.packBigInteger(big);
        } else if (tree instanceof Number number) {
            out.packLong(number.longValue());
        } else if (tree instanceof byte[] bytes) {
            out.packBinaryHeader(bytes.length);
            out.writePayload(bytes);
        } else if (tree instanceof List<?> list) {
            out.packArrayHeader(list.size());
            for (Object element : list) {
                write(element, out);
            }
        } else if (tree instanceof Map<?, ?> map) {
            out.packMapHeader(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.packString(String.valueOf(entry.getKey()));
                write(entry.getValue(), out);
            }
        } else {
            throw new IllegalArgumentException(
                    "a tree cannot hold a " + tree.getClass().getName());
        }
    }
}
