package dev.weir.memory;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What an object tells of memory outside the heap: a direct buffer its range, a file descriptor its number. Immutable. */
final class Witness {

    /** What is told. */
    enum Kind {
        NONE,
        DIRECT,
        DESCRIPTOR
    }

    /** 0, 1 and 2 are the process's standard streams. */
    private static final int LAST_STANDARD = 2;

    static final Witness NONE = new Witness(Kind.NONE, null, null);

    final Kind kind;
    private final @Nullable Field first;
    private final @Nullable Field second;

    private Witness(Kind kind, @Nullable Field first, @Nullable Field second) {
        this.kind = kind;
        this.first = first;
        this.second = second;
    }

    static Witness of(Class<?> type, HeapAccess access) {
        if (type.getName().startsWith("java.nio.Direct") && ByteBuffer.class.isAssignableFrom(type)) {
            Field address = field(type, "address", access);
            Field capacity = field(type, "capacity", access);
            return address == null || capacity == null ? NONE : new Witness(Kind.DIRECT, address, capacity);
        }
        if (type == java.io.FileDescriptor.class || TypeNames.is(type, "io.netty.channel.unix.FileDescriptor")) {
            Field number = field(type, "fd", access);
            return number == null ? NONE : new Witness(Kind.DESCRIPTOR, number, null);
        }
        return NONE;
    }

    /** Adds what the object says to its owner's books. */
    void tell(Object object, Tally tally) {
        try {
            if (kind == Kind.DIRECT) {
                tally.direct.add(new Tally.Range(read(first, object), read(second, object)));
            } else if (kind == Kind.DESCRIPTOR && read(first, object) > LAST_STANDARD) {
                tally.descriptors.add((int) read(first, object));
            }
        } catch (IllegalAccessException closed) {
            // Opened when the plan was made; a JVM that takes it back tells nothing.
        }
    }

    private static long read(@Nullable Field field, Object object) throws IllegalAccessException {
        return field == null ? 0 : ((Number) field.get(object)).longValue();
    }

    private static @Nullable Field field(Class<?> type, String name, HeapAccess access) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            try {
                Field field = declaring.getDeclaredField(name);
                return access.open(field, declaring) ? field : null;
            } catch (NoSuchFieldException inherited) {
                // declared higher up
            }
        }
        return null;
    }
}
