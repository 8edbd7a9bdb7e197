package dev.weir.socketio.admin;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of pages that were let in, so that a page that is loaded again need not ask for the password: at most {@value
 * #MAX}, for eight hours each. Keeps digests only. Safe for all threads.
 */
final class PageSessions {

    static final int MAX = 100;
    static final long AGE = TimeUnit.HOURS.toNanos(8);

    private static final int BYTES = 24;

    private final LongSupplier clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> begun = new LinkedHashMap<>();

    /** @param clock nanoseconds */
    PageSessions(LongSupplier clock) {
        this.clock = clock;
    }

    String begin() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        lock.lock();
        try {
            begun.put(key(id), clock.getAsLong());
            Iterator<Long> oldest = begun.values().iterator();
            while (begun.size() > MAX && oldest.hasNext()) {
                oldest.next();
                oldest.remove();
            }
        } finally {
            lock.unlock();
        }
        return id;
    }

    boolean isKnown(@Nullable Object id) {
        if (!(id instanceof String text)) {
            return false;
        }
        lock.lock();
        try {
            Long since = begun.get(key(text));
            return since != null && clock.getAsLong() - since < AGE;
        } finally {
            lock.unlock();
        }
    }

    private static String key(String id) {
        return Base64.getEncoder().encodeToString(Credentials.digest(id));
    }
}
