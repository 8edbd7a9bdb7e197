package dev.weir.socketio.redis;

import dev.weir.socketio.codec.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parts of a message, taken as what they ought to be. Nobody's message is trusted. */
final class Values {

    private Values() {}

    static String text(@Nullable Object value, String what) throws MalformedPacketException {
        if (value instanceof String text) {
            return text;
        }
        throw new MalformedPacketException(what + " is no string");
    }

    static long number(@Nullable Object value, String what) throws MalformedPacketException {
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new MalformedPacketException(what + " is no number");
    }

    static Map<String, @Nullable Object> map(@Nullable Object value, String what) throws MalformedPacketException {
        if (!(value instanceof Map<?, ?> map)) {
            throw new MalformedPacketException(what + " is no object");
        }
        for (Object key : map.keySet()) {
            if (!(key instanceof String)) {
                throw new MalformedPacketException(what + " has a key that is no string");
            }
        }
        @SuppressWarnings("unchecked") // each key was looked at
        Map<String, @Nullable Object> checked = (Map<String, @Nullable Object>) map;
        return checked;
    }

    static List<@Nullable Object> list(@Nullable Object value, String what) throws MalformedPacketException {
        if (!(value instanceof List<?> list)) {
            throw new MalformedPacketException(what + " is no list");
        }
        return new ArrayList<@Nullable Object>(list);
    }

    /** Names of rooms; JavaScript lets numbers be some. */
    static List<String> texts(@Nullable Object value, String what) throws MalformedPacketException {
        List<String> texts = new ArrayList<>();
        for (Object element : list(value, what)) {
            if (!(element instanceof String) && !(element instanceof Number)) {
                throw new MalformedPacketException(what + " holds what is no string");
            }
            texts.add(element.toString());
        }
        return texts;
    }

    static boolean isTrue(@Nullable Object value) {
        return Boolean.TRUE.equals(value);
    }
}
