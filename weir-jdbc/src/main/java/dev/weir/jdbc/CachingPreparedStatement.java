package dev.weir.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the parameters of a prepared statement that carries a cache hint, and lets its {@code executeQuery} be answered from
 * the cache. A proxy, for all of the fifty setters are kept alike; statements without a hint never meet it.
 */
final class CachingPreparedStatement implements InvocationHandler {

    private final LeasedPreparedStatement statement;
    private final PhysicalConnection connection;
    private final String sql;
    private final Map<Integer, List<@Nullable Object>> parameters = new TreeMap<>();

    private CachingPreparedStatement(LeasedPreparedStatement statement, PhysicalConnection connection, String sql) {
        this.statement = statement;
        this.connection = connection;
        this.sql = sql;
    }

    /** The statement, in this guise if there is a hint in its text; one that cannot be read fails it when it is run. */
    static PreparedStatement of(LeasedPreparedStatement statement, PhysicalConnection connection, String sql) {
        if (!CacheHint.isIn(sql)) {
            return statement;
        }
        return (PreparedStatement) Proxy.newProxyInstance(
                CachingPreparedStatement.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                new CachingPreparedStatement(statement, connection, sql));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        String name = method.getName();
        if (arguments == null) {
            if (name.equals("executeQuery")) {
                return answer((PreparedStatement) proxy);
            }
            if (name.equals("clearParameters")) {
                parameters.clear();
            }
        } else if (arguments.length > 1 && name.startsWith("set") && arguments[0] instanceof Integer index) {
            parameters.put(index, kept(name, arguments));
        } else if (name.equals("equals")) {
            return proxy == arguments[0];
        }
        try {
            return method.invoke(statement, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause() == null ? failure : failure.getCause();
        }
    }

    private ResultSet answer(PreparedStatement proxy) throws SQLException {
        statement.live();
        CacheHint hint = Objects.requireNonNull(CacheHint.in(sql), "there is one");
        List<@Nullable Object> asked = new ArrayList<>();
        for (Map.Entry<Integer, List<@Nullable Object>> parameter : parameters.entrySet()) {
            if (parameter.getValue().contains(CacheKey.INCOMPARABLE)) {
                asked.add(CacheKey.INCOMPARABLE);
            }
            asked.add(parameter);
        }
        return connection.home.queryCaching().answer(connection, proxy, hint, sql, asked, statement::executeQuery);
    }

    /** The setter and its arguments: the same value set as another type may be another question. */
    private static List<@Nullable Object> kept(String setter, @Nullable Object[] arguments) {
        List<@Nullable Object> kept = new ArrayList<>();
        kept.add(setter);
        for (int i = 1; i < arguments.length; i++) {
            kept.add(CacheKey.comparable(arguments[i]));
        }
        return kept;
    }
}
