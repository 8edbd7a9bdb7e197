package dev.weir.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a result and what was said about its columns, without any tie to the connection they came from. Nobody can
 * change them: {@link DetachedResultSet} gives out copies of what is mutable.
 *
 * @param rows each row's values, by column
 * @param labels each column's number, from 1, by its label in lower case; of equal labels the first
 * @param facts what each method of {@link ResultSetMetaData} says about each column, as far as the driver says it
 * @param bytes about what all of it takes
 */
record DetachedRows(
        List<@Nullable Object[]> rows, Map<String, Integer> labels, Map<Method, @Nullable Object[]> facts, long bytes) {

    /** An array, and a reference to it. */
    private static final int ROW_BYTES = 24;

    private static final int VALUE_BYTES = 32;

    int columns() {
        return facts.values().stream().mapToInt(of -> of.length).max().orElse(0);
    }

    /** Reads a result to its end; {@code null} if it is too big, or holds what cannot be detached. */
    static @Nullable DetachedRows read(ResultSet from, long maxBytes) throws SQLException {
        ResultSetMetaData said = from.getMetaData();
        int columns = said.getColumnCount();
        Map<String, Integer> labels = new HashMap<>();
        for (int column = 1; column <= columns; column++) {
            labels.putIfAbsent(said.getColumnLabel(column).toLowerCase(Locale.ROOT), column);
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        long bytes = 512L + 512L * columns;
        while (from.next()) {
            @Nullable Object[] row = new @Nullable Object[columns];
            bytes += ROW_BYTES + 8L * columns;
            for (int column = 0; column < columns; column++) {
                Object value = from.getObject(column + 1);
                if (value instanceof Blob blob) {
                    value = blob.length() > maxBytes ? blob : blob.getBytes(1, (int) blob.length());
                } else if (value instanceof Clob clob) {
                    value = clob.length() > maxBytes ? clob : clob.getSubString(1, (int) clob.length());
                }
                if (!isDetached(value)) {
                    return null;
                }
                row[column] = value;
                bytes += bytesOf(value);
            }
            if (bytes > maxBytes) {
                return null;
            }
            rows.add(row);
        }
        return new DetachedRows(rows, labels, facts(said, columns), bytes);
    }

    private static boolean isDetached(@Nullable Object value) {
        return value == null
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
                || value instanceof byte[]
                || value instanceof Timestamp
                || value instanceof java.sql.Date
                || value instanceof Time
                || (value instanceof Temporal && value.getClass().getName().startsWith("java.time."));
    }

    private static long bytesOf(@Nullable Object value) {
        if (value == null) {
            return 0;
        } else if (value instanceof String text) {
            return VALUE_BYTES + 16L + 2L * text.length();
        } else if (value instanceof byte[] array) {
            return (long) VALUE_BYTES + array.length;
        } else if (value instanceof BigDecimal number) {
            return 2L * VALUE_BYTES + number.precision() / 2;
        }
        return VALUE_BYTES;
    }

    private static Map<Method, @Nullable Object[]> facts(ResultSetMetaData said, int columns) {
        Map<Method, @Nullable Object[]> facts = new HashMap<>();
        for (Method question : ResultSetMetaData.class.getMethods()) {
            if (question.getParameterCount() == 1 && question.getParameterTypes()[0] == int.class) {
                @Nullable Object[] answers = new @Nullable Object[columns];
                try {
                    for (int column = 0; column < columns; column++) {
                        answers[column] = question.invoke(said, column + 1);
                    }
                    facts.put(question, answers);
                } catch (IllegalAccessException | InvocationTargetException notSaid) {
                    // Asked for later, it is not supported either.
                }
            }
        }
        return facts;
    }
}
