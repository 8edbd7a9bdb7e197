package dev.weir.benchmarks.noop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Completes an abstract class: a subclass whose remaining methods return {@code null}, zero or {@code false}. A plain class
 * like any other to the JIT, unlike {@link java.lang.reflect.Proxy}.
 */
public final class Completion {

    private static final String SUFFIX = "Complete";
    /** Where the lower byte of the major version stands in a class file. */
    private static final int CLASS_FILE_VERSION = 7;

    private static final byte JAVA_17 = 61;

    private Completion() {}

    /** The constructor of the completed class, as {@code (parameters)base}. Keep it in a static final field. */
    static MethodHandle constructor(MethodHandles.Lookup lookup, Class<?> base, Class<?>... parameters) {
        try {
            Class<?> complete = complete(lookup, base);
            return lookup.findConstructor(complete, MethodType.methodType(void.class, parameters))
                    .asType(MethodType.methodType(base, parameters));
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("cannot complete " + base, impossible);
        }
    }

    private static Class<?> complete(MethodHandles.Lookup lookup, Class<?> base) throws IllegalAccessException {
        try {
            // Written ahead by write(), for JVMs that count the classes they load.
            return Class.forName(base.getName() + SUFFIX, true, base.getClassLoader());
        } catch (ClassNotFoundException notWritten) {
            return make(base)
                    .load(base.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(lookup))
                    .getLoaded();
        }
    }

    /** Writes all completed classes below a directory, which may then stand on a class path. */
    public static void write(Path directory) {
        for (Class<?> base :
                new Class<?>[] {NoopConnection.class, NoopStatement.class, NoopResultSet.class, NoopMetaData.class}) {
            DynamicType.Unloaded<?> complete = make(base);
            Path file = directory.resolve(complete.getTypeDescription().getInternalName() + ".class");
            byte[] bytes = complete.getBytes();
            // Made for this JVM, and to be read by an older one too (--jdk): there is nothing new in a method that
            // returns null.
            bytes[CLASS_FILE_VERSION] = JAVA_17;
            try {
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static DynamicType.Unloaded<?> make(Class<?> base) {
        return new ByteBuddy()
                .subclass(base)
                .name(base.getName() + SUFFIX)
                .method(ElementMatchers.isAbstract())
                .intercept(StubMethod.INSTANCE)
                .make();
    }
}
