package dev.weir.server.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and its like, handed to the run rather than to the JVM, which would end at once. The JDK's only way to hear
 * a signal, and to hear it twice, is {@code sun.misc.Signal}, which the compiler warns of and which is therefore
 * called by reflection. Where it is missing, a shutdown hook does what it can: the first signal only.
 */
public final class Signals {

    private static final long PATIENCE_SECONDS = 60;

    private Signals() {}

    /**
     * Hands the signals that ask a process to end to {@code request}.
     *
     * @param done reaches zero when the run has ended; a shutdown hook waits for it
     */
    public static void route(Runnable request, CountDownLatch done) {
        boolean heard = handle("INT", request);
        handle("TERM", request);
        handle("HUP", request);
        if (!heard) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(request, done), "weir-run-stop"));
        }
    }

    /** Calls {@code action} when the terminal changes its size, where that can be heard. */
    public static void onResize(Runnable action) {
        handle("WINCH", action);
    }

    private static void finish(Runnable request, CountDownLatch done) {
        if (done.getCount() > 0) {
            request.run();
            try {
                done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        return switch (method.getName()) {
                            case "handle" -> {
                                action.run();
                                yield null;
                            }
                            case "hashCode" -> System.identityHashCode(self);
                            case "equals" -> self == arguments[0];
                            default -> "signal handler of weir run";
                        };
                    });
            Method install = signal.getMethod("handle", signal, handler);
            install.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            return true;
        } catch (InvocationTargetException refused) {
            // -Xrs, or a system that has no such signal.
            return false;
        } catch (ReflectiveOperationException missing) {
            return false;
        }
    }
}
