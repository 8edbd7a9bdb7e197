package dev.weir.socketio.redis;

import io.lettuce.core.StreamMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream from where it ended when this began, entry after entry, on the worker. One read is under way at a time
 * and has a bounded number of entries; what an outage leaves to read is bounded by the stream's length.
 */
final class StreamReader {

    private static final long PAUSE_MILLIS = 200;

    /** Takes an entry, with the lock of deliveries; never throws. */
    interface Taker {
        void take(StreamId id, Map<String, byte[]> fields);
    }

    private final RedisLink link;
    private final ScheduledExecutorService worker;
    private final ReentrantLock delivering;
    private final Taker taker;
    private volatile boolean closed;

    /** Guarded by the lock of deliveries. */
    private StreamId position = StreamId.ZERO;

    StreamReader(RedisLink link, ScheduledExecutorService worker, ReentrantLock delivering, Taker taker) {
        this.link = link;
        this.worker = worker;
        this.delivering = delivering;
        this.taker = taker;
    }

    /** Goes to the stream's end; waits for it. */
    void start() {
        List<StreamMessage<String, byte[]>> newest =
                link.newest().toCompletableFuture().join();
        StreamId last = newest.isEmpty() ? null : StreamId.parse(newest.get(0).getId());
        position = last == null ? StreamId.ZERO : last;
        read();
    }

    void close() {
        closed = true;
    }

    StreamId position() {
        return position;
    }

    private void read() {
        if (closed) {
            return;
        }
        StreamId from;
        delivering.lock();
        try {
            from = position;
        } finally {
            delivering.unlock();
        }
        link.readAfter(from).whenComplete((entries, failure) -> {
            try {
                if (failure != null) {
                    var unused = worker.schedule(this::read, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                } else {
                    worker.execute(() -> takeAll(entries));
                }
            } catch (RejectedExecutionException over) {
                closed = true;
            }
        });
    }

    private void takeAll(@Nullable List<StreamMessage<String, byte[]>> entries) {
        if (entries != null) {
            for (StreamMessage<String, byte[]> entry : entries) {
                StreamId id = StreamId.parse(entry.getId());
                if (id != null) {
                    delivering.lock();
                    try {
                        taker.take(id, entry.getBody());
                        position = id;
                    } finally {
                        delivering.unlock();
                    }
                }
            }
        }
        read();
    }
}
