package dev.weir.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * H2 behind a connection that fails where it is told to, and remembers what it was asked: {@code jdbc:scripted:} and an
 * H2 URL.
 */
final class ScriptedDriver implements Driver {

    private static final String PREFIX = "jdbc:scripted:";

    /** What a method of the connection does instead of its work. */
    interface Behaviour {
        void act() throws SQLException;
    }

    private final Map<String, Behaviour> script = Collections.synchronizedMap(new HashMap<>());
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    void on(String method, Behaviour behaviour) {
        script.put(method, behaviour);
    }

    /** The connection's methods that were called since, in order. */
    List<String> callsSince(Runnable action) {
        calls.clear();
        action.run();
        return List.copyOf(calls);
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection real = DriverManager.getConnection(url.substring(PREFIX.length()), info);
        InvocationHandler handler = (proxy, method, arguments) -> call(real, method, arguments);
        return (Connection) Proxy.newProxyInstance(
                ScriptedDriver.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    private Object call(Connection real, Method method, Object[] arguments) throws Throwable {
        calls.add(method.getName());
        Behaviour behaviour = script.get(method.getName());
        if (behaviour != null) {
            behaviour.act();
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }
}
