package dev.weir.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the driver of a URL: the one given, one of a class, or the one that {@link DriverManager} knows. */
final class DriverLookup {

    private DriverLookup() {}

    /** The source, or {@code null} and a problem more. */
    static @Nullable ConnectionSource find(
            String url, @Nullable Driver given, @Nullable String className, List<String> problems) {
        String shown = "jdbc:" + Endpoint.ofUrl(url);
        if (!url.startsWith("jdbc:")) {
            problems.add("url is " + Endpoint.ofUrl(url) + ": a JDBC URL begins with jdbc:");
            return null;
        }
        if (given != null && className != null) {
            problems.add("driver and driverClassName are both set: keep one");
            return null;
        }
        Driver driver = given != null ? given : className != null ? load(className, problems) : registered(url);
        if (driver == null) {
            if (className == null) {
                problems.add("no driver on the class path takes " + shown
                        + ": add the driver's jar, or set driverClassName");
            }
            return null;
        }
        if (!accepts(driver, url)) {
            problems.add("the driver " + driver.getClass().getName() + " does not take " + shown
                    + ": check the url, or use another driver");
            return null;
        }
        return new ConnectionSource.FromDriver(driver, url);
    }

    private static @Nullable Driver registered(String url) {
        try {
            return DriverManager.getDriver(url);
        } catch (SQLException none) {
            return null;
        }
    }

    private static @Nullable Driver load(String className, List<String> problems) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            Class<?> type =
                    Class.forName(className, true, context == null ? DriverLookup.class.getClassLoader() : context);
            if (type.getDeclaredConstructor().newInstance() instanceof Driver driver) {
                return driver;
            }
            problems.add("driverClassName " + className + " is not a java.sql.Driver: name the driver's class");
        } catch (ReflectiveOperationException | LinkageError notLoaded) {
            problems.add("driverClassName " + className + " cannot be loaded ("
                    + notLoaded.getClass().getSimpleName() + "): add its jar, or correct the name");
        }
        return null;
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException doubtful) {
            return false;
        }
    }
}
