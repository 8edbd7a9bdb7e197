package dev.weir.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cursor of its own over {@link DetachedRows}: scrollable, read-only, with nothing behind it. A proxy rather than a
 * class, for of the 190 methods of {@link ResultSet} most change rows or are variants of one getter. Not thread-safe, like
 * any result set.
 */
final class DetachedResultSet implements InvocationHandler {

    /** Getters whose type is not their return type. */
    private static final Map<String, Class<?>> READ_AS = Map.of(
            "getNString", String.class,
            "getNCharacterStream", java.io.Reader.class,
            "getCharacterStream", java.io.Reader.class);

    private final DetachedRows rows;
    private final @Nullable Statement statement;
    /** 0 is before the first row. */
    private int row;

    private boolean wasNull;
    private boolean closed;

    private DetachedResultSet(DetachedRows rows, @Nullable Statement statement) {
        this.rows = rows;
        this.statement = statement;
    }

    /** A cursor before the first row, which says that it comes from the statement. */
    static ResultSet over(DetachedRows rows, @Nullable Statement statement) {
        return (ResultSet) Proxy.newProxyInstance(
                DetachedResultSet.class.getClassLoader(),
                new Class<?>[] {ResultSet.class},
                new DetachedResultSet(rows, statement));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
            throws SQLException {
        @Nullable Object[] arguments = given == null ? new @Nullable Object[0] : given;
        String name = method.getName();
        switch (name) {
            case "close" -> {
                closed = true;
                return null;
            }
            case "isClosed" -> {
                return closed;
            }
            case "equals" -> {
                return proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            case "toString" -> {
                return "cached result of " + rows.rows().size() + " rows";
            }
            case "isWrapperFor" -> {
                return ((Class<?>) argument(arguments)).isInstance(proxy);
            }
            case "unwrap" -> {
                return unwrap(proxy, (Class<?>) argument(arguments));
            }
            default -> {
                if (closed) {
                    throw new SQLException("result set is closed", "HY010");
                }
                return name.startsWith("get") && arguments.length > 0 && !name.equals("getRow")
                        ? read(method, arguments)
                        : move(name, arguments);
            }
        }
    }

    private static Object argument(@Nullable Object[] arguments) {
        return java.util.Objects.requireNonNull(arguments[0]);
    }

    private static Object unwrap(Object proxy, Class<?> type) throws SQLException {
        if (type.isInstance(proxy)) {
            return proxy;
        }
        throw new SQLException("a cached result wraps no " + type.getName());
    }

    private @Nullable Object read(Method method, @Nullable Object[] arguments) throws SQLException {
        int column = arguments[0] instanceof Integer number ? number : find(String.valueOf(arguments[0]));
        if (row < 1 || row > rows.rows().size()) {
            throw new SQLException("the cursor is on no row: call next() first", "24000");
        }
        @Nullable Object[] values = rows.rows().get(row - 1);
        if (column < 1 || column > values.length) {
            throw new SQLException("there is no column " + column + ", only 1 to " + values.length, "42S22");
        }
        Object value = values[column - 1];
        wasNull = value == null;
        Class<?> type = method.getReturnType();
        if (arguments.length == 2) {
            if (!(arguments[1] instanceof Class<?> wanted)) {
                throw notSupported(method.getName() + " with " + method.getParameterTypes()[1].getSimpleName());
            }
            type = wanted;
        } else if (type != Object.class && !isReadable(type)) {
            throw notSupported(method.getName());
        }
        Object read = DetachedValue.as(READ_AS.getOrDefault(method.getName(), type), value);
        return read == null && type.isPrimitive() ? zero(type) : read;
    }

    private static boolean isReadable(Class<?> type) {
        return type.isPrimitive()
                || List.of(
                                String.class,
                                byte[].class,
                                java.math.BigDecimal.class,
                                java.sql.Date.class,
                                java.sql.Time.class,
                                java.sql.Timestamp.class,
                                java.io.InputStream.class,
                                java.io.Reader.class)
                        .contains(type);
    }

    private static @Nullable Object zero(Class<?> type) throws SQLException {
        return type == boolean.class ? false : DetachedValue.as(type, 0);
    }

    private int find(String label) throws SQLException {
        Integer column = rows.labels().get(label.toLowerCase(Locale.ROOT));
        if (column == null) {
            throw new SQLException("there is no column " + label, "42S22");
        }
        return column;
    }

    private @Nullable Object move(String name, @Nullable Object[] arguments) throws SQLException {
        int last = rows.rows().size();
        return switch (name) {
            case "next" -> goTo(row + 1);
            case "previous" -> goTo(row - 1);
            case "first" -> goTo(1);
            case "last" -> goTo(last);
            case "absolute" ->
                goTo(
                        (Integer) argument(arguments) < 0
                                ? last + 1 + (Integer) argument(arguments)
                                : (Integer) argument(arguments));
            case "relative" -> goTo(row + (Integer) argument(arguments));
            case "beforeFirst" -> nothing(goTo(0));
            case "afterLast" -> nothing(goTo(last + 1));
            case "isBeforeFirst" -> row == 0 && last > 0;
            case "isAfterLast" -> row > last && last > 0;
            case "isFirst" -> row == 1 && last > 0;
            case "isLast" -> row == last && last > 0;
            case "getRow" -> row > last ? 0 : row;
            case "wasNull" -> wasNull;
            case "findColumn" -> find(String.valueOf(arguments[0]));
            case "getStatement" -> statement;
            case "getMetaData" -> DetachedMetaData.of(rows);
            case "getType" -> ResultSet.TYPE_SCROLL_INSENSITIVE;
            case "getConcurrency" -> ResultSet.CONCUR_READ_ONLY;
            case "getHoldability" -> ResultSet.HOLD_CURSORS_OVER_COMMIT;
            case "getFetchDirection" -> ResultSet.FETCH_FORWARD;
            case "getFetchSize" -> 0;
            case "setFetchDirection", "setFetchSize", "clearWarnings", "getWarnings" -> null;
            case "rowUpdated", "rowInserted", "rowDeleted" -> false;
            default -> throw notSupported(name);
        };
    }

    private boolean goTo(int wanted) {
        row = Math.max(0, Math.min(wanted, rows.rows().size() + 1));
        return row >= 1 && row <= rows.rows().size();
    }

    private static @Nullable Object nothing(boolean ignored) {
        return null;
    }

    private static SQLException notSupported(String what) {
        return new SQLFeatureNotSupportedException("a cached result does not support " + what, "0A000");
    }

    /** What the driver said about the columns when the result was read. */
    private record DetachedMetaData(DetachedRows rows) implements InvocationHandler {

        static ResultSetMetaData of(DetachedRows rows) {
            return (ResultSetMetaData) Proxy.newProxyInstance(
                    DetachedResultSet.class.getClassLoader(),
                    new Class<?>[] {ResultSetMetaData.class},
                    new DetachedMetaData(rows));
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws SQLException {
            @Nullable Object[] answers = rows.facts().get(method);
            if (answers != null && arguments != null && arguments[0] instanceof Integer column) {
                if (column < 1 || column > answers.length) {
                    throw new SQLException("there is no column " + column + ", only 1 to " + answers.length, "42S22");
                }
                return answers[column - 1];
            }
            return switch (method.getName()) {
                case "getColumnCount" -> rows.columns();
                case "isWrapperFor" -> arguments != null && ((Class<?>) argument(arguments)).isInstance(proxy);
                case "unwrap" ->
                    arguments == null ? proxy : DetachedResultSet.unwrap(proxy, (Class<?>) argument(arguments));
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                case "toString" -> "columns " + rows.labels().keySet();
                default -> throw notSupported(method.getName());
            };
        }
    }
}
