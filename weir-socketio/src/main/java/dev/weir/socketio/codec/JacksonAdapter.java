package dev.weir.socketio.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON by Jackson. */
public final class JacksonAdapter implements JsonAdapter {

    private static final String ATTACHMENTS = "weir.attachments";
    private static final String PLACEHOLDER = "_placeholder";
    private static final String NUMBER = "num";

    private final ObjectMapper mapper;
    private final ObjectReader trees;

    /** With a mapper that does not mind unknown properties and finds the modules on the class path. */
    public JacksonAdapter() {
        this(new ObjectMapper().findAndRegisterModules().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    }

    /** With a copy of a mapper, whose constraints on what is read apply. */
    public JacksonAdapter(ObjectMapper mapper) {
        SimpleModule binary = new SimpleModule("weir-binary");
        binary.addSerializer(byte[].class, new BytesWriter());
        binary.addSerializer(ByteBuffer.class, new BufferWriter());
        this.mapper = mapper.copy().registerModule(binary);
        this.trees = this.mapper.reader();
    }

    @Override
    public List<String> elements(String text, int attachments) throws MalformedPacketException {
        try (JsonParser parser = mapper.createParser(text)) {
            JsonToken first = parser.nextToken();
            List<String> elements;
            BitSet used = new BitSet(0);
            if (first == JsonToken.START_ARRAY) {
                elements = new ArrayList<>(4);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    int from = offset(parser.currentTokenLocation().getCharOffset());
                    skip(parser, used, attachments);
                    elements.add(text.substring(from, end(parser, text)));
                }
            } else if (first == JsonToken.START_OBJECT) {
                skip(parser, used, attachments);
                elements = List.of(text);
            } else {
                throw new MalformedPacketException("a payload is an array or an object");
            }
            if (parser.nextToken() != null) {
                throw new MalformedPacketException("something follows the payload");
            }
            return elements;
        } catch (IOException | IllegalArgumentException notJson) {
            throw new MalformedPacketException("the payload is not JSON", notJson);
        }
    }

    private static int offset(long offset) {
        return (int) offset;
    }

    /** Where the current value ends. Scalars are read to their end on demand: a number's end is only known then. */
    private static int end(JsonParser parser, String text) throws IOException {
        if (parser.currentToken().isScalarValue()) {
            parser.finishToken();
            if (parser.currentToken().isNumeric()) {
                int from = offset(parser.currentTokenLocation().getCharOffset());
                return from + parser.getTextLength();
            }
        }
        return Math.min(text.length(), offset(parser.currentLocation().getCharOffset()));
    }

    /**
     * Reads over the current value, and checks the placeholders in it. Each attachment has one place: one that stood in
     * a thousand would be a thousand when it is sent on.
     */
    private static void skip(JsonParser parser, BitSet used, int attachments)
            throws IOException, MalformedPacketException {
        if (attachments == 0) {
            parser.skipChildren();
            return;
        }
        int depth = 0;
        boolean placeholder = false;
        int number = -1;
        JsonToken token = parser.currentToken();
        while (true) {
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                depth++;
                placeholder = false;
                number = -1;
            } else if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                depth--;
                if (placeholder) {
                    if (number < 0 || number >= attachments || used.get(number)) {
                        throw new MalformedPacketException("a placeholder for what is not attached, or placed already");
                    }
                    used.set(number);
                }
                placeholder = false;
            } else if (token == JsonToken.VALUE_TRUE && PLACEHOLDER.equals(parser.currentName())) {
                placeholder = true;
            } else if (token == JsonToken.VALUE_NUMBER_INT && NUMBER.equals(parser.currentName())) {
                number = parser.getNumberType() == JsonParser.NumberType.INT ? parser.getIntValue() : -1;
            }
            if (depth == 0) {
                return;
            }
            token = parser.nextToken();
            if (token == null) {
                throw new MalformedPacketException("the payload ends too early");
            }
        }
    }

    @Override
    public @Nullable Object read(String text, Type type, List<byte[]> attachments) {
        boolean plain = text.length() >= 2 && text.charAt(0) == '"' && text.indexOf('\\') < 0;
        if (plain && (type == String.class || type == Object.class)) {
            return text.substring(1, text.length() - 1);
        }
        try {
            if (attachments.isEmpty()) {
                return mapper.readValue(text, mapper.constructType(type));
            }
            JsonNode tree = attach(trees.readTree(text), attachments);
            return mapper.readerFor(mapper.constructType(type)).readValue(tree);
        } catch (IOException failure) {
            throw unmappable(type, failure);
        }
    }

    private static JsonNode attach(JsonNode node, List<byte[]> attachments) {
        if (node instanceof ObjectNode object) {
            JsonNode number = object.get(NUMBER);
            if (object.path(PLACEHOLDER).isBoolean() && object.path(PLACEHOLDER).booleanValue()) {
                if (number == null
                        || !number.isInt()
                        || number.intValue() < 0
                        || number.intValue() >= attachments.size()) {
                    throw new IllegalArgumentException("a placeholder refers to what is not attached");
                }
                return BinaryNode.valueOf(attachments.get(number.intValue()));
            }
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                field.setValue(attach(field.getValue(), attachments));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, attach(array.get(i), attachments));
            }
        }
        return node;
    }

    @Override
    public String write(@Nullable Object value, List<byte[]> attachments) {
        try {
            return mapper.writer().withAttribute(ATTACHMENTS, attachments).writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(
                    "a value of " + describe(value) + " cannot be written as JSON: " + failure.getOriginalMessage(),
                    failure);
        }
    }

    @Override
    public @Nullable Object toTree(@Nullable Object value) {
        return fromTree(value, Object.class);
    }

    @Override
    public @Nullable Object fromTree(@Nullable Object tree, Type type) {
        if (tree == null || (tree instanceof String && (type == String.class || type == Object.class))) {
            return tree;
        }
        try {
            return mapper.convertValue(tree, mapper.constructType(type));
        } catch (IllegalArgumentException failure) {
            throw unmappable(type, failure);
        }
    }

    private static IllegalArgumentException unmappable(Type type, Throwable failure) {
        String what = failure instanceof JsonProcessingException json
                ? json.getClass().getSimpleName()
                : failure.getClass().getSimpleName();
        return new IllegalArgumentException(
                "the argument does not map to " + type.getTypeName() + ": " + what, failure);
    }

    private static String describe(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getName();
    }

    private static void writeBinary(byte[] bytes, JsonGenerator out, SerializerProvider context) throws IOException {
        Object attachments = context.getAttribute(ATTACHMENTS);
        if (attachments instanceof List<?>) {
            @SuppressWarnings("unchecked") // put there by write() only
            List<byte[]> list = (List<byte[]>) attachments;
            out.writeStartObject();
            out.writeBooleanField(PLACEHOLDER, true);
            out.writeNumberField(NUMBER, list.size());
            out.writeEndObject();
            list.add(bytes);
        } else {
            out.writeBinary(bytes);
        }
    }

    private static final class BytesWriter extends StdSerializer<byte[]> {
        private static final long serialVersionUID = 1L;

        BytesWriter() {
            super(byte[].class);
        }

        @Override
        public void serialize(byte[] value, JsonGenerator out, SerializerProvider context) throws IOException {
            writeBinary(value, out, context);
        }
    }

    private static final class BufferWriter extends StdSerializer<ByteBuffer> {
        private static final long serialVersionUID = 1L;

        BufferWriter() {
            super(ByteBuffer.class);
        }

        @Override
        public void serialize(ByteBuffer value, JsonGenerator out, SerializerProvider context) throws IOException {
            byte[] bytes = new byte[value.remaining()];
            value.duplicate().get(bytes);
            writeBinary(bytes, out, context);
        }
    }
}
