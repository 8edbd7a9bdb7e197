package dev.weir.socketio.codec;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an event or an answer. They are kept as they came and turned into a type when asked for, so that
 * what waits in a queue is no larger than what was sent. Immutable, safe for all threads.
 */
public abstract class Arguments {

    /** None at all. */
    public static Arguments none() {
        return TreeArguments.NONE;
    }

    /** Values that are here already, as arguments. */
    public static Arguments of(List<@Nullable Object> values, JsonAdapter json) {
        return new TreeArguments(values, json, 0);
    }

    /** How many there are. */
    public abstract int size();

    /**
     * An argument as a value of a type; {@code null} if there is none at this place, or it is a JSON null.
     *
     * @throws IllegalArgumentException if it cannot be mapped to the type
     */
    public abstract @Nullable Object get(int index, Type type);

    /** All but the first so many. */
    public abstract Arguments from(int index);

    /** An estimate of the bytes of heap it holds. */
    public abstract int weight();

    /**
     * An argument as a value of a class.
     *
     * @throws IllegalArgumentException if it cannot be mapped to the class
     */
    @SuppressWarnings(
            "unchecked") // the adapter gave a value of the class; int.class and the like have none to cast with
    public final <T> @Nullable T get(int index, Class<T> type) {
        return (T) get(index, (Type) type);
    }

    /** All of them as maps, lists, strings, numbers, booleans, {@code null} and {@code byte[]}. */
    public final List<@Nullable Object> toList() {
        List<@Nullable Object> values = new ArrayList<>(size());
        for (int i = 0; i < size(); i++) {
            values.add(get(i, Object.class));
        }
        return values;
    }

    /** How many there are; never what they say. */
    @Override
    public String toString() {
        return size() + " arguments";
    }
}
