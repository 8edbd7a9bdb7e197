package dev.weir.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes a data source of a class and sets its bean properties from text. */
final class DataSourceBean {

    private DataSourceBean() {}

    /** The data source, or {@code null} and problems more. Values are never shown: a password may be among them. */
    static @Nullable DataSource make(String className, Map<String, String> properties, List<String> problems) {
        DataSource made = make(className, problems);
        if (made == null) {
            return null;
        }
        List<String> setters = new ArrayList<>();
        for (Method method : made.getClass().getMethods()) {
            if (isSetter(method)) {
                setters.add(property(method));
            }
        }
        properties.forEach((name, value) -> set(made, name, value, setters, problems));
        return made;
    }

    private static @Nullable DataSource make(String className, List<String> problems) {
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            ClassLoader loader = context == null ? DataSourceBean.class.getClassLoader() : context;
            Object bean = Class.forName(className, true, loader)
                    .getDeclaredConstructor()
                    .newInstance();
            if (bean instanceof DataSource made) {
                return made;
            }
            problems.add("dataSourceClassName " + className + " is not a javax.sql.DataSource: name the driver's");
        } catch (ReflectiveOperationException | LinkageError notMade) {
            problems.add("dataSourceClassName " + className + " cannot be made ("
                    + notMade.getClass().getSimpleName() + "): add its jar, or correct the name");
        }
        return null;
    }

    private static void set(DataSource bean, String name, String value, List<String> setters, List<String> problems) {
        if (setters.stream().noneMatch(name::equalsIgnoreCase)) {
            problems.add("dataSource." + name + " is no property of "
                    + bean.getClass().getName() + Suggestion.of(name, setters));
            return;
        }
        String unset = "dataSource." + name + " could not be set: check its value";
        for (Method method : bean.getClass().getMethods()) {
            if (isSetter(method) && property(method).equalsIgnoreCase(name)) {
                try {
                    Object converted = convert(value, method.getParameterTypes()[0]);
                    if (converted != null) {
                        method.invoke(bean, converted);
                        return;
                    }
                } catch (IllegalAccessException | InvocationTargetException | IllegalArgumentException refused) {
                    unset = "dataSource." + name + " was refused by its setter: check its value";
                }
            }
        }
        problems.add(unset);
    }

    private static boolean isSetter(Method method) {
        return method.getName().startsWith("set") && method.getName().length() > 3 && method.getParameterCount() == 1;
    }

    /** {@code setServerName} is {@code serverName}, {@code setURL} is {@code URL}. */
    private static String property(Method setter) {
        String name = setter.getName().substring(3);
        return name.length() > 1 && Character.isUpperCase(name.charAt(1))
                ? name
                : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static @Nullable Object convert(String value, Class<?> type) {
        if (type == String.class) {
            return value;
        } else if (type == int.class || type == Integer.class) {
            return PropertyValues.integer(value);
        } else if (type == long.class || type == Long.class) {
            return PropertyValues.whole(value);
        } else if (type == boolean.class || type == Boolean.class) {
            return PropertyValues.truth(value);
        } else if (type == String[].class) {
            return value.split(",", -1);
        } else if (type == int[].class) {
            return java.util.Arrays.stream(value.split(",", -1))
                    .mapToInt(PropertyValues::integer)
                    .toArray();
        } else if (type == short.class || type == Short.class) {
            return (short) PropertyValues.integer(value);
        }
        return null;
    }
}
