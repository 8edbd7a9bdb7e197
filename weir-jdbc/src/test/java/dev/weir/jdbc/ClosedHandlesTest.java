package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every method that the running JDK's JDBC has refuses to work on a handle that is closed. */
class ClosedHandlesTest {

    /** What JDBC allows on something closed, and what cannot throw. */
    private static final Set<String> EXEMPT =
            Set.of("close", "isClosed", "isValid", "abort", "getDriverMajorVersion", "getDriverMinorVersion");

    @Test
    void everyMethodOfEveryHandleThrowsWhenItsConnectionIsClosed() throws SQLException {
        try (HandlePool pool = new HandlePool(LeasedConnectionTest.newDatabase(), SessionReset.PRECISE)) {
            LeasedConnection connection = pool.get();
            Statement statement = connection.createStatement();
            PreparedStatement prepared = connection.prepareStatement("select array[1]");
            CallableStatement call = connection.prepareCall("call 1");
            ResultSet rows = prepared.executeQuery();
            rows.next();
            java.sql.Array array = rows.getArray(1);
            DatabaseMetaData metaData = connection.getMetaData();
            connection.close();

            // On the next lease of the same connection, so that the driver would obey.
            try (LeasedConnection next = pool.get()) {
                assertThat(next.isValid(1)).isTrue();
                assertThat(obeyed(Connection.class, connection)).isEmpty();
                assertThat(obeyed(Statement.class, statement)).isEmpty();
                assertThat(obeyed(PreparedStatement.class, prepared)).isEmpty();
                assertThat(obeyed(CallableStatement.class, call)).isEmpty();
                assertThat(obeyed(ResultSet.class, rows)).isEmpty();
                assertThat(obeyed(DatabaseMetaData.class, metaData)).isEmpty();
                assertThat(obeyed(java.sql.Array.class, array)).isEmpty();
                assertThat(next.isValid(1)).isTrue();
            }
            assertThat(pool.connected).hasSize(1);
        }
    }

    @Test
    void everyMethodOfAClosedStatementThrows() throws SQLException {
        try (HandlePool pool = new HandlePool(LeasedConnectionTest.newDatabase(), SessionReset.PRECISE);
                LeasedConnection connection = pool.get()) {
            CallableStatement call = connection.prepareCall("call 1");
            ResultSet rows = call.executeQuery();
            call.close();
            assertThat(obeyed(CallableStatement.class, call)).containsOnly("isWrapperFor");
            assertThat(obeyed(ResultSet.class, rows)).containsOnly("isWrapperFor");
        }
    }

    @Test
    void closedHandlesSayThatTheyAreClosed() throws SQLException {
        try (HandlePool pool = new HandlePool(LeasedConnectionTest.newDatabase(), SessionReset.PRECISE)) {
            LeasedConnection connection = pool.get();
            Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("select 1");
            connection.close();
            assertThat(connection.isClosed()).isTrue();
            assertThat(statement.isClosed()).isTrue();
            assertThat(rows.isClosed()).isTrue();
        }
    }

    /** The methods that did something other than throw. */
    private static List<String> obeyed(Class<?> type, Object handle) {
        List<String> obeyed = new ArrayList<>();
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || EXEMPT.contains(method.getName())) {
                continue;
            }
            try {
                method.invoke(handle, arguments(method));
                obeyed.add(method.getName());
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof SQLException)) {
                    obeyed.add(method + " threw " + e.getCause());
                }
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
        return obeyed;
    }

    private static Object[] arguments(Method method) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (types[i].isPrimitive()) {
                arguments[i] = Array.get(Array.newInstance(types[i], 1), 0);
            } else if (types[i] == Class.class) {
                arguments[i] = Integer.class;
            }
        }
        return arguments;
    }
}
