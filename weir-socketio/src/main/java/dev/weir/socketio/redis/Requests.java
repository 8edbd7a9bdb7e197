package dev.weir.socketio.redis;

import dev.weir.socketio.codec.MalformedPacketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What other servers were asked and have not all answered: a bounded number, each until its time is over. */
final class Requests {

    /** One of them. Called by any thread; must not block. */
    interface Request {
        /** Takes an answer; returns whether that was the last. */
        boolean answer(ClusterMessage message) throws MalformedPacketException;

        void timeIsOver();
    }

    private record Open(Request request, Future<?> timer) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Open> open = new HashMap<>();
    private final ScheduledExecutorService worker;
    private final int most;

    Requests(ScheduledExecutorService worker, int most) {
        this.worker = worker;
        this.most = most;
    }

    /** Returns whether there was room for it. */
    boolean add(String id, Request request, Duration timeout) {
        lock.lock();
        try {
            if (open.size() >= most) {
                return false;
            }
            Future<?> timer = worker.schedule(() -> expire(id), timeout.toMillis(), TimeUnit.MILLISECONDS);
            open.put(id, new Open(request, timer));
            return true;
        } catch (RejectedExecutionException over) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void expire(String id) {
        Open one = remove(id);
        if (one != null) {
            one.request.timeIsOver();
        }
    }

    void answer(ClusterMessage message) throws MalformedPacketException {
        String id = message.requestId();
        Open one;
        lock.lock();
        try {
            one = id == null ? null : open.get(id);
        } finally {
            lock.unlock();
        }
        if (one != null && id != null && one.request.answer(message) && remove(id) != null) {
            one.timer.cancel(false);
        }
    }

    private @Nullable Open remove(String id) {
        lock.lock();
        try {
            return open.remove(id);
        } finally {
            lock.unlock();
        }
    }
}
