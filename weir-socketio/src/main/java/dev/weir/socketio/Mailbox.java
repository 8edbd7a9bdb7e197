package dev.weir.socketio;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for one socket, in order, off the event loop: one task after the other, however many threads
 * there are. When too much waits, the client is not read any more until half of it is done; when too much waits of all clients
 * together, until all of it is. What waits is paid from the server's memory. Holds nothing while empty; guarded by the
 * session's lock.
 */
final class Mailbox implements Runnable {

    /** After so many tasks others get their turn on the thread. */
    private static final int TURN = 64;
    /** What a task costs beside the packet it is for. */
    static final int LETTER_BYTES = 80;

    private static final class Letter {
        final Runnable task;
        /** Paid bytes. */
        final int weight;

        @Nullable Letter next;

        Letter(Runnable task, int weight) {
            this.task = task;
            this.weight = weight;
        }
    }

    private final EngineSession session;
    private final SocketIoServer server;
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

    /** Something of the server's own, which must be done. */
    void post(Runnable task) {
        add(new Letter(task, 0));
    }

    /** What a packet asks for; closes the connection if the server's memory has no room for it. */
    void post(Runnable task, int weight) {
        int bytesToPay = weight + LETTER_BYTES;
        if (memory().take(bytesToPay)) {
            add(new Letter(task, bytesToPay));
        } else {
            session.close(CloseCause.MEMORY);
        }
    }

    private ServerMemory.Share memory() {
        return session.server().memory().waiting();
    }

    private void add(Letter letter) {
        boolean start;
        boolean pause = false;
        session.lock().lock();
        try {
            if (tail == null) {
                head = letter;
            } else {
                tail.next = letter;
            }
            tail = letter;
            count++;
            bytes += letter.weight;
            start = !running;
            running = true;
            if (!holdsBack && letter.weight > 0 && isTooMuch()) {
                holdsBack = true;
                pause = true;
            }
        } finally {
            session.lock().unlock();
        }
        if (pause) {
            session.pauseReading();
        }
        if (start) {
            run(server.executor());
        }
    }

    private boolean isTooMuch() {
        Settings settings = server.settings();
        return count > settings.maxQueuedPackets || bytes > settings.maxQueuedBytes || memory().isCrowded();
    }

    private boolean isLittle() {
        Settings settings = server.settings();
        return count == 0
                || (count <= settings.maxQueuedPackets / 2
                        && bytes <= settings.maxQueuedBytes / 2
                        && !memory().isCrowded());
    }

    private void run(Executor on) {
        try {
            on.execute(this);
        } catch (RejectedExecutionException shutDown) {
            long unread;
            session.lock().lock();
            try {
                unread = bytes;
                running = false;
                head = null;
                tail = null;
                count = 0;
                bytes = 0;
            } finally {
                session.lock().unlock();
            }
            memory().giveBack(unread);
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
        session.lock().lock();
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
            session.lock().unlock();
        }
    }

    private void done(Letter letter) {
        boolean resume = false;
        session.lock().lock();
        try {
            count--;
            bytes -= letter.weight;
            if (holdsBack && isLittle()) {
                holdsBack = false;
                resume = true;
            }
        } finally {
            session.lock().unlock();
        }
        memory().giveBack(letter.weight);
        if (resume) {
            session.resumeReading();
        }
    }

    long bytes() {
        session.lock().lock();
        try {
            return bytes;
        } finally {
            session.lock().unlock();
        }
    }
}
