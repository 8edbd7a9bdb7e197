package dev.weir.jdbc;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value of a detached result in the type that a getter asks for, by the conversions of JDBC 4.3, appendix B, table B-6.
 * Times without a zone are those of the JVM's zone, as everywhere in {@code java.sql}.
 */
final class DetachedValue {

    private DetachedValue() {}

    /**
     * The value as an instance of a type, boxed where that is primitive.
     *
     * @throws SQLException if it cannot be such
     */
    static @Nullable Object as(Class<?> type, @Nullable Object value) throws SQLException {
        if (value == null) {
            return null;
        }
        if (type == Object.class || (type.isInstance(value) && type != BigDecimal.class)) {
            return copy(value);
        }
        Object converted;
        try {
            converted = convert(type, value);
        } catch (ArithmeticException | IllegalArgumentException | java.time.DateTimeException outOfRange) {
            throw new SQLDataException(
                    "a " + value.getClass().getSimpleName() + " is out of the range of " + type.getSimpleName(),
                    "22003",
                    outOfRange);
        }
        if (converted == null) {
            throw new SQLDataException(
                    "a " + value.getClass().getSimpleName() + " cannot be read as " + type.getName(), "22018");
        }
        return converted;
    }

    private static Object copy(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof Timestamp timestamp) {
            return timestamp.clone();
        }
        if (value instanceof Date date) {
            return date.clone();
        }
        return value instanceof Time time ? time.clone() : value;
    }

    private static @Nullable Object convert(Class<?> type, Object value) {
        if (type == String.class) {
            return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
        } else if (type == byte[].class) {
            return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
        } else if (type == java.io.InputStream.class) {
            Object bytes = value instanceof byte[] ? value : convert(byte[].class, value);
            return bytes == null ? null : new ByteArrayInputStream((byte[]) bytes);
        } else if (type == java.io.Reader.class) {
            return new StringReader(value.toString());
        } else if (type == boolean.class || type == Boolean.class) {
            return truth(value);
        } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return number(type, value);
        } else if (type == UUID.class) {
            return value instanceof String text ? UUID.fromString(text) : null;
        }
        return time(type, value);
    }

    private static @Nullable Object truth(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return switch (value.toString()) {
            case "true", "TRUE", "t", "1", "y", "yes", "on" -> true;
            case "false", "FALSE", "f", "0", "n", "no", "off" -> false;
            default -> value instanceof Boolean ? value : null;
        };
    }

    private static @Nullable Object number(Class<?> type, Object value) {
        if (type == double.class || type == Double.class) {
            return value instanceof Number number
                    ? number.doubleValue()
                    : decimal(value).doubleValue();
        } else if (type == float.class || type == Float.class) {
            return value instanceof Number number
                    ? number.floatValue()
                    : decimal(value).floatValue();
        }
        BigDecimal decimal = decimal(value);
        if (type == BigDecimal.class) {
            return decimal;
        }
        BigInteger whole = decimal.toBigInteger();
        if (type == long.class || type == Long.class) {
            return whole.longValueExact();
        } else if (type == int.class || type == Integer.class) {
            return whole.intValueExact();
        } else if (type == short.class || type == Short.class) {
            return whole.shortValueExact();
        } else if (type == byte.class || type == Byte.class) {
            return whole.byteValueExact();
        }
        return type == BigInteger.class ? whole : null;
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Boolean truth) {
            return truth ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return new BigDecimal(value.toString().strip());
    }

    private static @Nullable Object time(Class<?> type, Object value) {
        LocalDateTime local = local(value);
        if (type == OffsetDateTime.class || type == Instant.class) {
            Instant instant = value instanceof Timestamp timestamp
                    ? timestamp.toInstant()
                    : value instanceof OffsetDateTime offset ? offset.toInstant() : null;
            return instant == null ? null : type == Instant.class ? instant : instant.atOffset(ZoneOffset.UTC);
        } else if (type == LocalTime.class || type == Time.class) {
            LocalTime time = value instanceof Time sql
                    ? sql.toLocalTime()
                    : value instanceof LocalTime already ? already : local == null ? null : local.toLocalTime();
            return time == null ? null : type == Time.class ? Time.valueOf(time) : time;
        } else if (local == null) {
            return null;
        } else if (type == LocalDateTime.class) {
            return local;
        } else if (type == Timestamp.class) {
            return Timestamp.valueOf(local);
        } else if (type == LocalDate.class) {
            return local.toLocalDate();
        }
        return type == Date.class ? Date.valueOf(local.toLocalDate()) : null;
    }

    private static @Nullable LocalDateTime local(Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        } else if (value instanceof Date date) {
            return date.toLocalDate().atStartOfDay();
        } else if (value instanceof LocalDate date) {
            return date.atStartOfDay();
        } else if (value instanceof LocalDateTime already) {
            return already;
        } else if (value instanceof OffsetDateTime offset) {
            return Timestamp.from(offset.toInstant()).toLocalDateTime();
        } else if (value instanceof String text && text.length() == 10) {
            return LocalDate.parse(text).atStartOfDay();
        }
        return value instanceof String text ? LocalDateTime.parse(text.replace(' ', 'T')) : null;
    }
}
