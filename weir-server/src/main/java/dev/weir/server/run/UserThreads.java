package dev.weir.server.run;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Threads for virtual users: virtual ones where the JVM has them (21 and later), small platform threads elsewhere. */
public final class UserThreads {

    /** The most users that platform threads carry. */
    public static final int MOST_PLATFORM = 5_000;

    private static final String NAME = "user-";
    private static final long STACK_BYTES = 256 * 1024;
    private static final @Nullable ThreadFactory VIRTUAL = virtual();

    private UserThreads() {}

    /** Whether the users are virtual threads. */
    public static boolean areVirtual() {
        return VIRTUAL != null;
    }

    static ThreadFactory factory() {
        return VIRTUAL != null ? VIRTUAL : platform();
    }

    private static ThreadFactory platform() {
        AtomicInteger number = new AtomicInteger();
        return user -> {
            Thread thread = new Thread(null, user, NAME + number.getAndIncrement(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
    }

    private static @Nullable ThreadFactory virtual() {
        try {
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Object named =
                    builderType.getMethod("name", String.class, long.class).invoke(builder, NAME, 0L);
            return (ThreadFactory) builderType.getMethod("factory").invoke(named);
        } catch (ReflectiveOperationException older) {
            return null;
        }
    }
}
