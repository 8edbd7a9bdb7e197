package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace keeps for clients that lost their connection: who they were, and the events of late. Both are
 * bounded, the states in number and age, the events in bytes and age. An event and its place here are made under one
 * lock with its sending, so that a client that comes back misses none and gets none twice.
 */
final class Recovery {

    /**
     * What a client was.
     *
     * @param recoveryId a secret between it and the server
     * @param offset the last event that it got; set when it is back
     */
    record Saved(String recoveryId, String id, Set<String> rooms, Map<String, Object> data, long at, long offset) {}

    private record Kept(long number, Outgoing packet, Target target, long at) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Settings settings;
    /** Offsets of another life of this server must not be taken for ours. */
    private final String series = Ids.next().substring(0, 8);

    // Guarded by the lock.
    private final Map<String, Saved> sessions = new LinkedHashMap<>();
    private final Deque<Kept> events = new ArrayDeque<>();
    private long next;
    private long bytes;

    Recovery(Settings settings) {
        this.settings = settings;
    }

    boolean locked(BooleanSupplier work) {
        lock.lock();
        try {
            return work.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    /** What the next event's offset will be. Under the lock until {@link #keep}. */
    String nextOffset() {
        return series + Long.toString(next, Character.MAX_RADIX);
    }

    /** Keeps an event that {@link #nextOffset} was given to. */
    void keep(Outgoing packet, Target target, long now) {
        events.addLast(new Kept(next++, packet.retain(), target, now));
        bytes += packet.size();
        while (bytes > settings.recoveryBytes) {
            dropFirst();
        }
    }

    private void dropFirst() {
        Kept first = events.pollFirst();
        if (first != null) {
            bytes -= first.packet.size();
            first.packet.release();
        }
    }

    void save(Socket socket, Set<String> rooms, Map<String, Object> data) {
        String recoveryId = socket.recoveryId();
        if (recoveryId == null) {
            return;
        }
        if (sessions.size() >= settings.recoverySessions) {
            Iterator<String> oldest = sessions.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        long now = settings.ticker.nanos();
        sessions.put(recoveryId, new Saved(recoveryId, socket.id(), rooms, data, now, -1));
    }

    /** The state that a client's auth asks for, if it and all that was missed are still there. It is given out once. */
    @Nullable Saved claim(Arguments auth, long now) {
        Map<?, ?> map;
        try {
            map = auth.get(0, Map.class);
        } catch (IllegalArgumentException notAMap) {
            return null;
        }
        if (map == null || !(map.get("pid") instanceof String pid) || !(map.get("offset") instanceof String offset)) {
            return null;
        }
        prune(now);
        Saved saved = sessions.get(pid);
        Long number = number(offset);
        if (saved == null || number == null || !isKept(number)) {
            return null;
        }
        sessions.remove(pid);
        return new Saved(pid, saved.id(), saved.rooms(), saved.data(), saved.at(), number);
    }

    private @Nullable Long number(String offset) {
        if (!offset.startsWith(series)) {
            return null;
        }
        try {
            return Long.valueOf(offset.substring(series.length()), Character.MAX_RADIX);
        } catch (NumberFormatException nobodys) {
            return null;
        }
    }

    private boolean isKept(long number) {
        Kept first = events.peekFirst();
        return first != null && number >= first.number && number < next;
    }

    /** Sends what was missed. */
    void resend(Saved saved, Consumer<Outgoing> sending) {
        for (Kept event : events) {
            if (event.number > saved.offset && event.target.includes(saved.id(), saved.rooms())) {
                sending.accept(event.packet);
            }
        }
    }

    /** Lets go of what is too old. */
    void prune(long now) {
        lock.lock();
        try {
            sessions.values().removeIf(saved -> now - saved.at() > settings.recoveryAge);
            for (Kept first = events.peekFirst();
                    first != null && now - first.at > settings.recoveryAge;
                    first = events.peekFirst()) {
                dropFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return sessions.isEmpty() && events.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            sessions.clear();
            while (!events.isEmpty()) {
                dropFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
