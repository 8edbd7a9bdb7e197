package dev.weir.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** The JSON of the page and of programs. Thread-safe. */
final class Json {

    private static final int DEEPEST = 16;

    static final ObjectMapper MAPPER = mapper();

    private Json() {}

    static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a view cannot be written as JSON", impossible);
        }
    }

    private static ObjectMapper mapper() {
        JsonMapper made = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .addModule(new SimpleModule().addSerializer(float[].class, new Values()))
                .build();
        made.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
        return made;
    }

    /** Values of a series: what is not known is {@code null}, and no digit is sent that no chart could show. */
    private static final class Values extends StdSerializer<float[]> {

        private static final long serialVersionUID = 1;

        Values() {
            super(float[].class);
        }

        @Override
        public void serialize(float[] values, JsonGenerator out, SerializerProvider context) throws IOException {
            out.writeStartArray();
            for (float value : values) {
                if (Float.isNaN(value) || Float.isInfinite(value)) {
                    out.writeNull();
                } else if (value == Math.rint(value)) {
                    out.writeNumber((long) value);
                } else {
                    out.writeNumber(Math.round(value * 1000.0) / 1000.0);
                }
            }
            out.writeEndArray();
        }
    }
}
