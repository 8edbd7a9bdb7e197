package dev.weir.memory.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import org.jspecify.annotations.Nullable;

/**
 * Gives the analyzer what only an agent has: the sizes of objects, the loaded classes, and the right to open packages.
 *
 * <p>Started with the program ({@code -javaagent:weir-memory.jar}, or by {@code Launcher-Agent-Class} of a jar) it keeps
 * the instrumentation and does nothing else. Attached with arguments it runs one analysis in a class loader of its own,
 * which sees nothing of the application, and leaves.
 */
public final class MemoryAgent {

    /** The class that an attached agent runs, by name because it lies in another class loader. */
    private static final String ATTACHED = "dev.weir.memory.AttachedAnalysis";

    private static volatile @Nullable Instrumentation instrumentation;

    private MemoryAgent() {}

    /** Called by the JVM before {@code main}. */
    public static void premain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /**
     * Called by the JVM when the agent is attached.
     *
     * @param arguments the analyzer's location as a URL, a line feed, and what the analyzer is told; empty to keep the
     *     instrumentation for an analyzer in the program itself
     */
    public static void agentmain(@Nullable String arguments, Instrumentation given) throws Exception {
        if (arguments == null || arguments.isEmpty()) {
            instrumentation = given;
            return;
        }
        int end = arguments.indexOf('\n');
        URL[] analyzer = {URI.create(arguments.substring(0, end)).toURL()};
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader loader = new URLClassLoader("weir-memory", analyzer, platform)) {
            Class<?> attached = Class.forName(ATTACHED, true, loader);
            attached.getMethod("run", String.class, Instrumentation.class)
                    .invoke(null, arguments.substring(end + 1), given);
        } catch (InvocationTargetException failure) {
            throw new IllegalStateException("the analysis failed", failure.getCause());
        }
    }

    /** What the JVM gave; {@code null} where the agent was not started. */
    public static @Nullable Instrumentation instrumentation() {
        return instrumentation;
    }
}
