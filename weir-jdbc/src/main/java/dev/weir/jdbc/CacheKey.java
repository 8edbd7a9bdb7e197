package dev.weir.jdbc;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What makes two statements the same question.
 *
 * @param parameters each with everything that was said when it was set
 * @param catalog the catalog, where the connection's differs from the data source's
 * @param schema the schema, likewise
 * @param user whose connection it was asked on
 */
record CacheKey(
        String sql,
        List<@Nullable Object> parameters,
        @Nullable String catalog,
        @Nullable String schema,
        @Nullable String user) {

    CacheKey {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    /** A value that cannot be compared later, so that its statement cannot be cached. */
    static final Object INCOMPARABLE = new Object();

    /** A parameter's value as a key can keep it: immutable, and equal to its equals; or {@link #INCOMPARABLE}. */
    static @Nullable Object comparable(@Nullable Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Double
                || value instanceof Float
                || value instanceof BigDecimal
                || value instanceof BigInteger
                || value instanceof UUID
                || value instanceof Enum
                || (value instanceof Temporal && value.getClass().getName().startsWith("java.time."))) {
            return value;
        }
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes.clone());
        }
        if (value instanceof Timestamp timestamp) {
            return List.of("timestamp", timestamp.toInstant());
        }
        if (value instanceof java.sql.Date date) {
            return List.of("date", date.toLocalDate());
        }
        return INCOMPARABLE;
    }

    /** Roughly the bytes of its texts. */
    long bytes() {
        return 2L * sql.length() + 64L * (parameters.size() + 1);
    }
}
