package dev.weir.socketio.redis;

import dev.weir.socketio.Overflow;
import dev.weir.socketio.Target;
import dev.weir.socketio.codec.MalformedPacketException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message is for and how much it matters, as the message's {@code opts}. The policy and its key are Weir's own:
 * Node.js passes over them.
 *
 * @param timeout how long answers are awaited; {@code null}: the sender did not say
 */
record Addressing(
        Target target,
        @Nullable Overflow overflow,
        @Nullable String key,
        @Nullable Duration timeout) {

    private static final long LONGEST_MILLIS = Duration.ofMinutes(10).toMillis();

    static Addressing of(Target target) {
        return new Addressing(target, null, null, null);
    }

    Map<String, @Nullable Object> toOptions() {
        Map<String, @Nullable Object> flags = new LinkedHashMap<>();
        // What is not set must be missing: Node.js takes the presence of a null for a flag.
        if (target.isVolatile()) {
            flags.put("volatile", true);
        }
        if (overflow != null && overflow != Overflow.CLOSE) {
            flags.put("overflow", overflow.name());
        }
        if (key != null) {
            flags.put("key", key);
        }
        if (timeout != null) {
            flags.put("timeout", timeout.toMillis());
        }
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("rooms", List.copyOf(target.rooms()));
        options.put("except", List.copyOf(target.except()));
        options.put("flags", flags);
        return options;
    }

    static Addressing from(@Nullable Object options) throws MalformedPacketException {
        Map<String, @Nullable Object> map = Values.map(options, "opts");
        Object given = map.get("flags");
        Map<String, @Nullable Object> flags = given == null ? Map.of() : Values.map(given, "flags");
        Target target = new Target(
                new HashSet<>(Values.texts(map.get("rooms"), "rooms")),
                new HashSet<>(Values.texts(map.get("except"), "except")),
                Values.isTrue(flags.get("volatile")),
                true);
        String key = flags.get("key") instanceof String text ? text : null;
        return new Addressing(target, overflow(flags.get("overflow"), key), key, timeout(flags.get("timeout")));
    }

    private static @Nullable Overflow overflow(@Nullable Object name, @Nullable String key) {
        for (Overflow overflow : Overflow.values()) {
            if (overflow.name().equals(name) && (overflow == Overflow.KEEP_LATEST) == (key != null)) {
                return overflow;
            }
        }
        return null;
    }

    private static @Nullable Duration timeout(@Nullable Object millis) {
        return millis instanceof Number number && number.longValue() >= 0
                ? Duration.ofMillis(Math.min(LONGEST_MILLIS, number.longValue()))
                : null;
    }

    /** The policy, where there is one that can be followed. */
    Overflow policy() {
        return overflow == null ? Overflow.CLOSE : overflow;
    }

    @Nullable String keyOfPolicy() {
        return overflow == Overflow.KEEP_LATEST ? key : null;
    }
}
