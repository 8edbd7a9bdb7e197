package dev.weir.socketio;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How to send: what both {@link Emitter} and {@link Broadcast} can be told. Immutable. */
record Sending(
        @Nullable Overflow overflow,
        @Nullable String key,
        boolean isVolatile,
        boolean local,
        @Nullable Duration timeout) {

    static final Sending PLAIN = new Sending(null, null, false, false, null);

    Sending overflow(Overflow policy) {
        if (policy == Overflow.KEEP_LATEST) {
            throw new IllegalArgumentException("KEEP_LATEST needs a key: use keepLatest(key)");
        }
        return new Sending(policy, null, isVolatile, local, timeout);
    }

    Sending keepLatest(String ofKey) {
        return new Sending(Overflow.KEEP_LATEST, ofKey, isVolatile, local, timeout);
    }

    Sending asVolatile() {
        return new Sending(overflow, key, true, local, timeout);
    }

    Sending onlyHere() {
        return new Sending(overflow, key, isVolatile, true, timeout);
    }

    Sending timeout(Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("a timeout of " + wait + " is over before it begins");
        }
        return new Sending(overflow, key, isVolatile, local, wait);
    }

    Delivery delivery(Settings settings) {
        return new Delivery(overflow == null ? settings.overflow : overflow, key, isVolatile);
    }

    long timeoutNanos(Settings settings) {
        return timeout == null ? settings.ackTimeout : timeout.toNanos();
    }
}
