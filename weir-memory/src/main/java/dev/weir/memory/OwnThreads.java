package dev.weir.memory;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;

/**
 * Tells an owner's threads from those that only pass by: a lock's holder and a borrower are somebody else's. Counted are the
 * workers of the JDK's executors and timers, and threads that the library's own classes keep in a field.
 */
final class OwnThreads {

    private static final Set<String> KEEPERS =
            Set.of("java.util.concurrent.ThreadPoolExecutor$Worker", "java.util.Timer");
    private static final Set<String> PASSERS = Set.of("borrower", "holder", "lastUser", "owner");

    private OwnThreads() {}

    /** The first two parts of the package of the first root, such as {@code com.zaxxer}. */
    static String library(List<?> roots) {
        if (roots.isEmpty()) {
            return "";
        }
        String name = roots.get(0).getClass().getPackageName();
        int first = name.indexOf('.');
        int second = first < 0 ? -1 : name.indexOf('.', first + 1);
        return second < 0 ? name : name.substring(0, second);
    }

    static boolean holds(Field field, String library) {
        Class<?> keeper = field.getDeclaringClass();
        return KEEPERS.contains(keeper.getName())
                || (keeper.getPackageName().startsWith(library)
                        && !library.equals("java.util")
                        && !PASSERS.contains(field.getName()));
    }
}
