package dev.weir.socketio.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What this server writes to the stream. While Redis takes it, an entry is delivered here when it is read back, so that
 * all servers deliver in one order; it bears a number for that, which other servers do not mind. Else it is delivered at
 * once, and waits in a backlog for the others, where the oldest fall out when there are too many. An entry whose fate is
 * not known when Redis goes is not written again: better lost than delivered twice.
 *
 * <p>Lock order: the one of deliveries, then this one's.
 */
final class Outbox {

    static final String NUMBER = "seq";
    static final int MAX_PENDING = 10_000;
    static final long MAX_PENDING_BYTES = 16L << 20;
    private static final int ENTRY_BYTES = 200;

    private record Pending(
            Consumer<@Nullable StreamId> delivery, int bytes, long deadline, CompletableFuture<String> writing) {}

    private record Waiting(Map<String, byte[]> fields, int bytes) {}

    private final RedisLink link;
    private final StreamsSettings settings;
    private final StreamsCounters counters;
    private final ReentrantLock delivering;
    private final Consumer<String> onFailure;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final Deque<Waiting> backlog = new ArrayDeque<>();
    private long pendingBytes;
    private long backlogBytes;
    private long next;
    private boolean online = true;

    /** @param onFailure hears why a write failed; called on a thread of the client's, must not block */
    Outbox(
            RedisLink link,
            StreamsSettings settings,
            StreamsCounters counters,
            ReentrantLock delivering,
            Consumer<String> onFailure) {
        this.link = link;
        this.settings = settings;
        this.counters = counters;
        this.delivering = delivering;
        this.onFailure = onFailure;
    }

    /**
     * Writes an entry.
     *
     * @param delivery delivers here, with the entry's id, or without one if it is not in the stream; called once
     * @param lasting whether the others still want it after an outage
     */
    void write(Map<String, byte[]> fields, Consumer<@Nullable StreamId> delivery, boolean lasting) {
        int bytes = ENTRY_BYTES;
        for (byte[] value : fields.values()) {
            bytes += value.length;
        }
        if (bytes > settings.maxEntryBytes()) {
            counters.tooLarge.increment();
            deliverHere(delivery);
            return;
        }
        boolean full;
        lock.lock();
        try {
            full = pending.size() >= MAX_PENDING || pendingBytes + bytes > MAX_PENDING_BYTES;
            if (online && !full) {
                append(fields, delivery, bytes);
                return;
            }
        } finally {
            lock.unlock();
        }
        if (full) {
            goOffline();
            onFailure.accept("more is written than Redis takes");
        }
        lock.lock();
        try {
            if (lasting) {
                keep(new Waiting(fields, bytes));
            }
        } finally {
            lock.unlock();
        }
        deliverHere(delivery);
    }

    private void append(Map<String, byte[]> fields, Consumer<@Nullable StreamId> delivery, int bytes) {
        long number = next++;
        Map<String, byte[]> numbered = new LinkedHashMap<>(fields);
        numbered.put(NUMBER, Long.toString(number).getBytes(StandardCharsets.US_ASCII));
        CompletableFuture<String> writing = link.append(numbered);
        counters.written.increment();
        long deadline = System.nanoTime() + settings.writeTimeout().toNanos();
        pending.put(number, new Pending(delivery, bytes, deadline, writing));
        pendingBytes += bytes;
        CompletionStage<String> written = writing;
        written.whenComplete((id, failure) -> {
            if (failure != null && !writing.isCancelled()) {
                onFailure.accept("Redis refused a write: " + failure.getClass().getSimpleName());
            }
        });
    }

    private void keep(Waiting entry) {
        backlog.addLast(entry);
        backlogBytes += entry.bytes;
        while (backlog.size() > settings.maxBacklog() || backlogBytes > settings.maxBacklogBytes()) {
            backlogBytes -= backlog.removeFirst().bytes;
            counters.dropped.increment();
        }
    }

    private void deliverHere(Consumer<@Nullable StreamId> delivery) {
        delivering.lock();
        try {
            delivery.accept(null);
        } finally {
            delivering.unlock();
        }
    }

    /** An entry of ours has been read back. With the lock of deliveries. */
    void readBack(long number, StreamId id) {
        Pending entry;
        lock.lock();
        try {
            entry = pending.remove(number);
            if (entry != null) {
                pendingBytes -= entry.bytes;
            }
        } finally {
            lock.unlock();
        }
        if (entry != null) {
            entry.delivery.accept(id);
        }
    }

    /** Whether the oldest entry should have been read back by now. */
    boolean isLate() {
        lock.lock();
        try {
            return !pending.isEmpty()
                    && System.nanoTime() - pending.values().iterator().next().deadline >= 0;
        } finally {
            lock.unlock();
        }
    }

    boolean isOnline() {
        lock.lock();
        try {
            return online;
        } finally {
            lock.unlock();
        }
    }

    /** Redis has gone: delivers here what it still had. */
    void goOffline() {
        delivering.lock();
        try {
            List<Pending> left;
            lock.lock();
            try {
                if (!online) {
                    return;
                }
                online = false;
                left = new ArrayList<>(pending.values());
                pending.clear();
                pendingBytes = 0;
            } finally {
                lock.unlock();
            }
            for (Pending entry : left) {
                entry.writing.cancel(false);
                entry.delivery.accept(null);
            }
        } finally {
            delivering.unlock();
        }
    }

    /** Redis is back: writes the backlog. */
    void goOnline() {
        lock.lock();
        try {
            for (Waiting entry : backlog) {
                counters.written.increment();
                CompletionStage<String> writing = link.append(entry.fields);
                writing.whenComplete((id, failure) -> {
                    if (failure != null) {
                        counters.dropped.increment();
                    }
                });
            }
            backlog.clear();
            backlogBytes = 0;
            online = true;
        } finally {
            lock.unlock();
        }
    }

    int backlog() {
        lock.lock();
        try {
            return backlog.size();
        } finally {
            lock.unlock();
        }
    }
}
