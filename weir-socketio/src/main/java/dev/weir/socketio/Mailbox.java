package dev.weir.socketio;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for one socket, in order, off the event loop: one task after the other, however many threads
 * there are. When too much waits, the client is not read any more until half of it is done. Holds nothing while empty.
 */
final class Mailbox implements Runnable {

    /** After so many tasks others get their turn on the thread. */
    private static final int TURN = 64;

    private static final class Letter {
        final Runnable task;
        final int weight;

        @Nullable Letter next;

        Letter(Runnable task, int weight) {
            this.task = task;
            this.weight = weight;
        }
    }

    private final EngineSession session;
    private final SocketIoServer server;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private @Nullable Letter head;
    private @Nullable Letter tail;
    private int count;
    private long bytes;
    private boolean running;
    private boolean holdsBack;

    Mailbox(EngineSession session, SocketIoServer server) {
        this.session = session;
        this.server = server;
    }

    void post(Runnable task, int weight) {
        boolean start;
        lock.lock();
        try {
            Letter letter = new Letter(task, weight);
            if (tail == null) {
                head = letter;
            } else {
                tail.next = letter;
            }
            tail = letter;
            count++;
            bytes += weight;
            start = !running;
            running = true;
            Settings settings = server.settings();
            if (!holdsBack && (count > settings.maxQueuedPackets || bytes > settings.maxQueuedBytes)) {
                holdsBack = true;
                session.pauseReading();
            }
        } finally {
            lock.unlock();
        }
        if (start) {
            run(server.executor());
        }
    }

    private void run(Executor on) {
        try {
            on.execute(this);
        } catch (RejectedExecutionException shutDown) {
            lock.lock();
            try {
                running = false;
                head = null;
                tail = null;
                count = 0;
                bytes = 0;
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public void run() {
        for (int i = 0; i < TURN; i++) {
            Letter letter = next();
            if (letter == null) {
                return;
            }
            try {
                letter.task.run();
            } catch (RuntimeException | Error failure) {
                server.handlerFailed(failure);
            } finally {
                done(letter);
            }
        }
        run(server.executor());
    }

    private @Nullable Letter next() {
        lock.lock();
        try {
            Letter letter = head;
            if (letter == null) {
                running = false;
                return null;
            }
            head = letter.next;
            if (head == null) {
                tail = null;
            }
            return letter;
        } finally {
            lock.unlock();
        }
    }

    private void done(Letter letter) {
        lock.lock();
        try {
            count--;
            bytes -= letter.weight;
            Settings settings = server.settings();
            if (holdsBack && count <= settings.maxQueuedPackets / 2 && bytes <= settings.maxQueuedBytes / 2) {
                holdsBack = false;
                session.resumeReading();
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
