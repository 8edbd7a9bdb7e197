package dev.weir.socketio;

import dev.weir.socketio.codec.MalformedPacketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session of Engine.IO: what a client is to the server, whichever transport carries it. It starts on polling or on
 * WebSocket and may move from the one to the other once.
 *
 * <p>Here is its life: that it is open, how it ends, and its deadlines. What it sends, what it receives, and the two
 * transports are its parts. All are guarded by one lock that is held for moments only and never while the listener is
 * called.
 */
final class EngineSession implements Tended {

    /** What hears the session; called without its lock. */
    interface Listener {
        void onText(String message) throws MalformedPacketException;

        void onBinary(byte[] message) throws MalformedPacketException;

        /** The client has moved to WebSocket. */
        void onUpgrade();

        void onClose(CloseCause cause);

        /** Does what is due and returns when to come next. */
        long tend(long now);

        int weight();
    }

    private enum State {
        OPEN,
        /** Nothing more is accepted; what waits may still go out, then the transport is closed. */
        CLOSING,
        CLOSED
    }

    /** What a connection is charged: heap of ours and of Netty's, and the kernel's share, at rest. */
    static final int CONNECTION_BYTES = 8 * 1024;

    private static final long CLOSE_TIMEOUT = TimeUnit.SECONDS.toNanos(10);
    /** How long a client that has been told everything may take to come for the goodbye. */
    private static final long GOODBYE_TIMEOUT = TimeUnit.SECONDS.toNanos(2);

    private static final AtomicIntegerFieldUpdater<EngineSession> DIRTY =
            AtomicIntegerFieldUpdater.newUpdater(EngineSession.class, "dirty");

    private final EngineServer server;
    private final String sid;
    private final Handshake handshake;
    private final AddressTable.Place addressPlace;
    private final Warden home;
    private final ReentrantLock lock = new ReentrantLock();
    private final Inbound inbound;
    private final Outbound outbound;
    private final PollingSide polling = new PollingSide(this);
    private final WebSocketSide webSocket;
    private final Heartbeat heartbeat;
    private @Nullable Listener listener;

    // Guarded by the lock.
    private State state = State.OPEN;
    private int pauses;
    private long closeBy;
    private CloseCause cause = CloseCause.SERVER;

    // The warden's.
    private int place = -1;

    @Nullable EngineSession nextDirty;

    @SuppressWarnings("unused") // by DIRTY
    private volatile int dirty;

    EngineSession(
            EngineServer server,
            String sid,
            Handshake handshake,
            AddressTable.Place addressPlace,
            Warden home,
            @Nullable WebSocketFront socket) {
        long now = server.now();
        this.server = server;
        this.sid = sid;
        this.handshake = handshake;
        this.addressPlace = addressPlace;
        this.home = home;
        this.webSocket = new WebSocketSide(this, socket);
        this.heartbeat = new Heartbeat(server.settings(), now);
        this.inbound = new Inbound(this, now);
        this.outbound = new Outbound(this, now);
    }

    /** Once, before the client can say anything. */
    void start(Listener hearer) {
        listener = hearer;
        home.add(this, heartbeat.due());
    }

    Listener listener() {
        Listener hearer = listener;
        if (hearer == null) {
            throw new IllegalStateException("the session has not been started");
        }
        return hearer;
    }

    String sid() {
        return sid;
    }

    Handshake handshake() {
        return handshake;
    }

    EngineServer server() {
        return server;
    }

    /** What guards the session and its parts. */
    ReentrantLock lock() {
        return lock;
    }

    Inbound inbound() {
        return inbound;
    }

    Outbound outbound() {
        return outbound;
    }

    PollingSide polling() {
        return polling;
    }

    WebSocketSide webSocket() {
        return webSocket;
    }

    boolean isOnWebSocket() {
        lock.lock();
        try {
            return webSocket.current() != null;
        } finally {
            lock.unlock();
        }
    }

    /** Queues a packet, which it may keep a reference to. Returns whether the client will get it, as far as is known. */
    boolean send(Outgoing packet) {
        return outbound.send(packet);
    }

    boolean becomeDirty() {
        return DIRTY.compareAndSet(this, 0, 1);
    }

    void becomeClean() {
        dirty = 0;
    }

    void onPong() {
        lock.lock();
        try {
            heartbeat.onPong(server.now());
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more from the client until as many {@link #resumeReading}; the heartbeat rests meanwhile. */
    void pauseReading() {
        addPauses(1);
    }

    void resumeReading() {
        HttpFront held = addPauses(-1);
        if (held != null) {
            held.answerOk();
        }
    }

    private @Nullable HttpFront addPauses(int more) {
        lock.lock();
        try {
            pauses += more;
            WebSocketFront socket = webSocket.current();
            if (socket != null) {
                socket.channel().config().setAutoRead(!isPaused() || state != State.OPEN);
            }
            return isPaused() ? null : polling.takeHeld();
        } finally {
            lock.unlock();
        }
    }

    // Its state

    /** Under the lock. */
    boolean isPaused() {
        return pauses > 0;
    }

    boolean isOpen() {
        lock.lock();
        try {
            return isOpenNow();
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    boolean isOpenNow() {
        return state == State.OPEN;
    }

    /** Under the lock. */
    boolean isClosing() {
        return state == State.CLOSING;
    }

    /** Under the lock. */
    boolean isOver() {
        return state == State.CLOSED;
    }

    /** Under the lock. Why it is closed. */
    CloseCause cause() {
        return cause;
    }

    /**
     * Under the lock. Whether it was closed by the server's own wish: what waits goes out first, over the transport that
     * the client is on or is just moving to, and what the client still says is taken and not heard.
     */
    boolean isTakingLeave() {
        return state == State.CLOSING && isGentle(cause);
    }

    /** Under the lock. Whether its client may still poll, post and move. */
    boolean isServed() {
        return state == State.OPEN || isTakingLeave();
    }

    private static boolean isGentle(CloseCause why) {
        return why == CloseCause.SERVER || why == CloseCause.SHUTDOWN;
    }

    // The end

    /** Ends it. What waits still goes out where the client has done no wrong and can take it. */
    void close(CloseCause why) {
        WebSocketFront trying = null;
        CompletableFuture<Void> senders;
        boolean gentle = isGentle(why);
        boolean over;
        HttpFront held;
        lock.lock();
        try {
            if (state != State.OPEN) {
                return;
            }
            state = State.CLOSING;
            cause = why;
            closeBy = server.now() + CLOSE_TIMEOUT;
            senders = outbound.takeSenders();
            held = polling.takeHeld();
            if (!gentle) {
                trying = webSocket.takeCandidate();
                outbound.clear();
            }
            WebSocketFront socket = webSocket.current();
            over = socket == null && polling.waiting() == null && outbound.isEmpty() && !mayStillCome();
            if (socket != null && !gentle) {
                socket.end(why);
            }
            outbound.wake();
        } finally {
            lock.unlock();
        }
        if (!gentle) {
            server.forget(this);
        }
        if (trying != null) {
            ChannelEnd.close(trying.channel());
        }
        if (held != null) {
            held.answerOk();
        }
        outbound.tell(senders);
        listener().onClose(why);
        if (over) {
            finish();
        } else {
            home.dueBy(closeBy);
        }
    }

    /** The last words may still be on their way to the client, or the client on its way to the WebSocket. */
    private boolean mayStillCome() {
        boolean awaited = cause == CloseCause.SERVER || (isGentle(cause) && webSocket.hasCandidate());
        if (awaited) {
            expectGoodbye();
        }
        return awaited;
    }

    /**
     * Under the lock. The client has been told everything: its next poll, or its WebSocket once it has moved, ends it.
     */
    void expectGoodbye() {
        long soon = server.now() + GOODBYE_TIMEOUT;
        if (soon - closeBy < 0) {
            closeBy = soon;
        }
        home.dueBy(closeBy);
    }

    /** Lets go of everything; once. */
    void finish() {
        WebSocketFront current;
        WebSocketFront trying;
        HttpFront waiting;
        lock.lock();
        try {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            outbound.clear();
            current = webSocket.current();
            trying = webSocket.takeCandidate();
            waiting = polling.takeWaiting();
        } finally {
            lock.unlock();
        }
        home.remove(this);
        server.finished(this, addressPlace, cause);
        if (current != null) {
            ChannelEnd.close(current.channel());
        }
        if (trying != null) {
            trying.end(cause);
        }
        if (waiting != null) {
            waiting.refuse(Refusal.UNKNOWN_SESSION);
        }
    }

    /** Ends it at once, whatever still waits. */
    void abort(CloseCause why) {
        close(why);
        WebSocketFront current;
        lock.lock();
        try {
            current = webSocket.current();
        } finally {
            lock.unlock();
        }
        if (current != null) {
            current.reset();
        }
        finish();
    }

    // Deadlines

    @Override
    public long tend(long now) {
        CloseCause why = null;
        boolean over = false;
        WebSocketFront late = null;
        long next;
        lock.lock();
        try {
            if (state != State.OPEN) {
                over = now - closeBy >= 0;
                next = closeBy;
            } else {
                late = webSocket.takeLate(now);
                why = overdue(now);
                if (why == null && heartbeat.pingIsDue(now)) {
                    outbound.ping();
                    heartbeat.pinged(now);
                }
                next = outbound.nextLook(now, webSocket.due(heartbeat.due()));
            }
        } finally {
            lock.unlock();
        }
        if (late != null) {
            ChannelEnd.close(late.channel());
        }
        if (over) {
            abort(CloseCause.TRANSPORT);
            return next;
        }
        if (why != null) {
            close(why);
            return now;
        }
        return Math.min(next, listener().tend(now));
    }

    private @Nullable CloseCause overdue(long now) {
        if (heartbeat.isOver(now, isPaused())) {
            return CloseCause.PING_TIMEOUT;
        }
        return outbound.isStuck(now) ? CloseCause.SLOW_READER : null;
    }

    /** Asks to be looked after by then. Any thread. */
    void dueBy(long due) {
        home.dueBy(due);
    }

    /** How long it has taken nothing, in nanoseconds; zero: nothing waits. */
    long stalledFor(long now) {
        lock.lock();
        try {
            return state == State.OPEN ? outbound.stalledFor(now) : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that wait for the client here and in the transport. */
    long queuedBytes() {
        lock.lock();
        try {
            return outbound.bytes();
        } finally {
            lock.unlock();
        }
    }

    int weight() {
        return 520 + handshake.weight() + listener().weight();
    }

    @Override
    public int place() {
        return place;
    }

    @Override
    public void place(int newPlace) {
        place = newPlace;
    }

    /** Never the id, which lets whoever has it speak for the client. */
    @Override
    public String toString() {
        return "session of " + handshake.address();
    }
}
