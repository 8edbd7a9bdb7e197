package dev.weir.socketio;

import dev.weir.socketio.codec.EnginePacket;
import dev.weir.socketio.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session of Engine.IO: what a client is to the server, whichever transport carries it. It starts on polling or on
 * WebSocket and may move from the one to the other once.
 *
 * <p>Its state is guarded by a lock that is held for moments only and never while the listener is called. Packets to be
 * sent wait in its queue; the loop of the transport's channel takes them out, as many as the transport takes.
 */
final class EngineSession implements Tended {

    /** What hears the session; called without its lock. */
    interface Listener {
        void onText(String message) throws MalformedPacketException;

        void onBinary(byte[] message) throws MalformedPacketException;

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

    private static final int POLL_BYTES = 1 << 18;
    private static final int VOLATILE_BYTES = 1 << 14;
    private static final AtomicIntegerFieldUpdater<EngineSession> DIRTY =
            AtomicIntegerFieldUpdater.newUpdater(EngineSession.class, "dirty");

    private final EngineServer server;
    private final String sid;
    private final Handshake handshake;
    private final AddressTable.Place addressPlace;
    private final Warden home;
    private final ReentrantLock lock = new ReentrantLock();
    private final OutboundQueue queue = new OutboundQueue();
    private final Heartbeat heartbeat;
    private final InboundRate rate;
    private @Nullable Listener listener;

    // Guarded by the lock.
    private State state = State.OPEN;
    private @Nullable WebSocketFront socket;
    private @Nullable WebSocketFront candidate;
    private boolean probed;
    private long upgradeBy;
    private @Nullable HttpFront poll;
    private @Nullable HttpFront post;
    private int pauses;
    private long closeBy;
    private CloseCause cause = CloseCause.SERVER;
    private final Drainage drainage;
    private @Nullable CompletableFuture<Void> writable;

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
        this.socket = socket;
        this.heartbeat = new Heartbeat(server.settings(), now);
        this.rate = new InboundRate(server.settings(), now);
        this.drainage = new Drainage(now);
    }

    /** Once, before the client can say anything. */
    void start(Listener hearer) {
        listener = hearer;
        home.add(this, heartbeat.due());
    }

    private Listener listener() {
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

    // Sending

    /** Queues a packet, which it may keep a reference to. Returns whether the client will get it, as far as is known. */
    boolean send(Outgoing packet) {
        OutboundQueue.Outcome outcome;
        lock.lock();
        try {
            if (state != State.OPEN) {
                return false;
            }
            if (packet.delivery.isVolatile() && !takesNow()) {
                server.counters().volatileDropped.increment();
                return false;
            }
            Settings settings = server.settings();
            boolean sure = packet.delivery.overflow() == Overflow.CLOSE;
            outcome = queue.offer(packet, sure ? settings.maxOutboundBytes : settings.outboundMark);
            int dropped = queue.takeDropped();
            if (dropped > 0) {
                server.counters().dropped.add(dropped);
            }
            wake();
        } finally {
            lock.unlock();
        }
        switch (outcome) {
            case FULL -> {
                close(CloseCause.OVERFLOW);
                return false;
            }
            case DROPPED -> {
                server.counters().dropped.increment();
                return false;
            }
            case REPLACED -> server.counters().replaced.increment();
            default -> {}
        }
        return true;
    }

    private boolean takesNow() {
        WebSocketFront current = socket;
        return current == null
                ? poll != null && queue.isEmpty()
                : current.channel().isWritable() && queue.bytes() < VOLATILE_BYTES;
    }

    /** Under the lock. */
    private void wake() {
        if (socket != null) {
            socket.warden().markDirty(this);
        } else if (poll != null) {
            poll.warden().markDirty(this);
        }
    }

    boolean becomeDirty() {
        return DIRTY.compareAndSet(this, 0, 1);
    }

    void becomeClean() {
        dirty = 0;
    }

    /** Moves what waits to the transport; on a warden's loop. */
    void drain(Warden warden) {
        CompletableFuture<Void> relieved = null;
        boolean over = false;
        lock.lock();
        try {
            if (state == State.CLOSED) {
                return;
            }
            WebSocketFront current = socket;
            if (current != null) {
                if (current.warden() == warden) {
                    over = drainTo(current);
                } else {
                    current.warden().markDirty(this);
                }
            } else if (poll != null) {
                if (poll.warden() == warden) {
                    over = drainTo(poll);
                } else {
                    poll.warden().markDirty(this);
                }
            }
            if (writable != null && queue.bytes() <= server.settings().outboundMark / 2) {
                relieved = writable;
                writable = null;
            }
        } finally {
            lock.unlock();
        }
        if (over) {
            finish();
        }
        if (relieved != null) {
            relieved.completeAsync(() -> null, server.executor());
        }
    }

    private boolean drainTo(WebSocketFront current) {
        boolean wrote = false;
        while (current.channel().isWritable()) {
            Outgoing packet = queue.poll();
            if (packet == null) {
                break;
            }
            wrote = true;
            drainage.handedOver(packet.wireBytes());
            server.counters().packetsOut.increment();
            server.counters().bytesOut.add(packet.wireBytes());
            packet.writeTo(current.channel(), current.deflates());
        }
        if (wrote) {
            current.channel().flush();
        }
        if (state == State.CLOSING && queue.isEmpty()) {
            current.sayGoodbye(cause);
        }
        return false;
    }

    private boolean drainTo(HttpFront waiting) {
        boolean closing = state == State.CLOSING;
        if (queue.isEmpty() && !closing && !probed) {
            return false;
        }
        poll = null;
        // Never in one answer with packets: the official client would take the close first, and miss why it was closed.
        boolean over = closing && queue.isEmpty();
        ByteBuf payload = waiting.newPayload();
        while (payload.readableBytes() < POLL_BYTES) {
            Outgoing packet = queue.poll();
            if (packet == null) {
                break;
            }
            server.counters().packetsOut.increment();
            packet.appendTo(payload);
            packet.release();
        }
        if (closing && queue.isEmpty()) {
            expectGoodbye();
        }
        if (over) {
            append(payload, EnginePacket.Type.CLOSE);
        } else if (!payload.isReadable()) {
            append(payload, EnginePacket.Type.NOOP);
        }
        server.counters().bytesOut.add(payload.readableBytes());
        drainage.handedOver(payload.readableBytes());
        waiting.answer(payload);
        return over;
    }

    /** The client has been told everything: its next poll, or its WebSocket once it has moved, ends it. */
    private void expectGoodbye() {
        long soon = server.now() + GOODBYE_TIMEOUT;
        if (soon - closeBy < 0) {
            closeBy = soon;
        }
        home.dueBy(closeBy);
    }

    private static void append(ByteBuf payload, EnginePacket.Type type) {
        if (payload.isReadable()) {
            payload.writeByte(EnginePacket.SEPARATOR);
        }
        payload.writeByte(type.digit());
    }

    /** Whether what waits is below the mark. */
    boolean isWritable() {
        lock.lock();
        try {
            return state == State.OPEN && queue.bytes() <= server.settings().outboundMark;
        } finally {
            lock.unlock();
        }
    }

    /** Completes when what waits is well below the mark, or the session ends. */
    CompletionStage<Void> whenWritable() {
        lock.lock();
        try {
            if (state != State.OPEN || queue.bytes() <= server.settings().outboundMark) {
                return CompletableFuture.completedFuture(null);
            }
            if (writable == null) {
                writable = new CompletableFuture<>();
            }
            return writable.copy();
        } finally {
            lock.unlock();
        }
    }

    // Polling

    /** A poll; on its channel's loop. */
    void onPoll(HttpFront front) {
        boolean overlap;
        lock.lock();
        try {
            if (state == State.CLOSED) {
                front.refuse(Refusal.UNKNOWN_SESSION);
                return;
            }
            if (socket != null) {
                front.refuse(Refusal.BAD_REQUEST);
                return;
            }
            overlap = poll != null;
            if (!overlap) {
                poll = front;
                wake();
            }
        } finally {
            lock.unlock();
        }
        if (overlap) {
            close(CloseCause.OVERLAPPING_REQUESTS);
            front.refuse(Refusal.BAD_REQUEST);
        }
    }

    /** The head of a post. Returns whether its body may come. */
    boolean beginPost(HttpFront front) {
        lock.lock();
        try {
            if (!isServed()) {
                front.refuse(Refusal.UNKNOWN_SESSION);
                return false;
            }
            if (socket != null) {
                front.refuse(Refusal.BAD_REQUEST);
                return false;
            }
            if (post == null) {
                post = front;
                return true;
            }
        } finally {
            lock.unlock();
        }
        close(CloseCause.OVERLAPPING_REQUESTS);
        front.refuse(Refusal.BAD_REQUEST);
        return false;
    }

    /** The body of a post, complete; on its channel's loop. */
    void onPost(HttpFront front, @Nullable String body) {
        boolean sound = body != null;
        if (body != null && isOpen()) {
            try {
                List<EnginePacket> packets =
                        EnginePacket.decodePayload(body, server.settings().maxPacketsPerSecond * InboundRate.BURST);
                for (EnginePacket packet : packets) {
                    sound &= onPacket(packet);
                }
            } catch (MalformedPacketException malformed) {
                sound = false;
            }
        }
        boolean answer = false;
        lock.lock();
        try {
            boolean leaving = isTakingLeave();
            // A refusal would be an error to the client, and it would not wait to hear why it is closed.
            sound |= leaving;
            if (post == front && (pauses == 0 || leaving || !sound)) {
                post = null;
                answer = true;
            }
        } finally {
            lock.unlock();
        }
        if (!sound) {
            close(CloseCause.MALFORMED);
            front.refuse(Refusal.BAD_REQUEST);
        } else if (answer) {
            front.answerOk();
        }
    }

    /** A waiting request's channel is gone, or its body was too large or too slow. */
    void requestFailed(HttpFront front, CloseCause why) {
        boolean ours;
        lock.lock();
        try {
            ours = poll == front || post == front;
            if (poll == front) {
                poll = null;
            }
            if (post == front) {
                post = null;
            }
        } finally {
            lock.unlock();
        }
        if (ours) {
            close(why);
        }
    }

    // WebSocket

    /** A second WebSocket, for an upgrade. Returns whether it may try. */
    boolean enterCandidate(WebSocketFront front) {
        lock.lock();
        try {
            if (!isServed() || socket != null || candidate != null) {
                return false;
            }
            candidate = front;
            probed = false;
            upgradeBy = server.now() + server.settings().upgradeTimeout;
        } finally {
            lock.unlock();
        }
        home.dueBy(upgradeBy);
        return true;
    }

    /** The candidate's probe: a waiting poll is freed, so that the client can move. */
    boolean onProbe(WebSocketFront front) {
        lock.lock();
        try {
            if (candidate != front || !isServed()) {
                return false;
            }
            probed = true;
            wake();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The client has moved: from now on everything goes over the WebSocket. */
    boolean onUpgrade(WebSocketFront front) {
        HttpFront waiting;
        lock.lock();
        try {
            if (candidate != front || !probed || !isServed()) {
                return false;
            }
            candidate = null;
            probed = false;
            socket = front;
            waiting = poll;
            poll = null;
            drainage.restart(server.now());
            if (pauses > 0 && state == State.OPEN) {
                front.channel().config().setAutoRead(false);
            }
            wake();
        } finally {
            lock.unlock();
        }
        if (waiting != null) {
            ByteBuf noop = waiting.newPayload();
            append(noop, EnginePacket.Type.NOOP);
            waiting.answer(noop);
        }
        return true;
    }

    /** A WebSocket's channel is gone. */
    void socketGone(WebSocketFront front, CloseCause why) {
        boolean ours;
        lock.lock();
        try {
            if (candidate == front) {
                candidate = null;
                probed = false;
            }
            ours = socket == front;
        } finally {
            lock.unlock();
        }
        if (ours) {
            close(why);
            finish();
        }
    }

    boolean isOnWebSocket() {
        lock.lock();
        try {
            return socket != null;
        } finally {
            lock.unlock();
        }
    }

    // Receiving

    /** A packet, from whichever transport. Returns whether the session lives on. */
    boolean onPacket(EnginePacket packet) {
        byte[] binary = packet.binary();
        int bytes = binary == null ? packet.text().length() : binary.length;
        if (!admit(bytes)) {
            return false;
        }
        switch (packet.type()) {
            case MESSAGE -> {
                return binary == null ? onText(packet.text()) : onBinary(binary);
            }
            case PONG -> onPong();
            case PING -> {
                // In this revision only the server pings.
                close(CloseCause.MALFORMED);
                return false;
            }
            case CLOSE -> close(CloseCause.CLIENT);
            default -> {}
        }
        return true;
    }

    /** Counts what came in. Returns whether it is within the limits; if not, the session is closed. */
    boolean admit(int bytes) {
        server.counters().packetsIn.increment();
        server.counters().bytesIn.add(bytes);
        if (rate.admits(server.now(), bytes)) {
            return isOpen();
        }
        close(CloseCause.RATE);
        return false;
    }

    boolean onText(String message) {
        try {
            listener().onText(message);
            return true;
        } catch (MalformedPacketException malformed) {
            close(CloseCause.MALFORMED);
            return false;
        }
    }

    boolean onBinary(byte[] message) {
        try {
            listener().onBinary(message);
            return true;
        } catch (MalformedPacketException malformed) {
            close(CloseCause.MALFORMED);
            return false;
        }
    }

    private void onPong() {
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
            boolean pause = pauses > 0;
            if (socket != null) {
                socket.channel().config().setAutoRead(!pause || state != State.OPEN);
            }
            HttpFront held = post;
            if (pause || held == null || !held.awaitsAnswer()) {
                return null;
            }
            post = null;
            return held;
        } finally {
            lock.unlock();
        }
    }

    // The end

    boolean isOpen() {
        lock.lock();
        try {
            return state == State.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Under the lock. Whether it was closed by the server's own wish: what waits goes out first, over the transport that
     * the client is on or is just moving to, and what the client still says is taken and not heard.
     */
    private boolean isTakingLeave() {
        return state == State.CLOSING && isGentle(cause);
    }

    /** Under the lock. Whether its client may still poll, post and move. */
    private boolean isServed() {
        return state == State.OPEN || isTakingLeave();
    }

    private static boolean isGentle(CloseCause why) {
        return why == CloseCause.SERVER || why == CloseCause.SHUTDOWN;
    }

    /** Ends it. What waits still goes out where the client has done no wrong and can take it. */
    void close(CloseCause why) {
        WebSocketFront trying = null;
        CompletableFuture<Void> waiting;
        boolean gentle = isGentle(why);
        boolean over = false;
        HttpFront held;
        lock.lock();
        try {
            if (state != State.OPEN) {
                return;
            }
            state = State.CLOSING;
            cause = why;
            closeBy = server.now() + CLOSE_TIMEOUT;
            if (!gentle) {
                trying = candidate;
                candidate = null;
            }
            waiting = writable;
            writable = null;
            held = post != null && post.awaitsAnswer() ? post : null;
            if (held != null) {
                post = null;
            }
            if (!gentle) {
                queue.clear();
            }
            if (socket == null && poll == null && queue.isEmpty()) {
                // The last words may still be on their way to the client, or the client on its way to the WebSocket.
                boolean awaited = why == CloseCause.SERVER || (gentle && candidate != null);
                over = !awaited;
                if (awaited) {
                    expectGoodbye();
                }
            }
            if (socket != null && !gentle) {
                socket.end(why);
            }
            wake();
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
        if (waiting != null) {
            waiting.completeAsync(() -> null, server.executor());
        }
        listener().onClose(why);
        if (over) {
            finish();
        } else {
            home.dueBy(closeBy);
        }
    }

    /** Lets go of everything; once. */
    private void finish() {
        WebSocketFront current;
        WebSocketFront trying;
        HttpFront waiting;
        lock.lock();
        try {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            queue.clear();
            current = socket;
            trying = candidate;
            candidate = null;
            waiting = poll;
            poll = null;
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
            current = socket;
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
        Listener hearer = listener();
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
                if (candidate != null && now - upgradeBy >= 0) {
                    late = candidate;
                    candidate = null;
                    probed = false;
                }
                why = heartbeat.isOver(now, pauses > 0) ? CloseCause.PING_TIMEOUT : slowness(now);
                if (why == null && heartbeat.pingIsDue(now)) {
                    queue.ping(server.ping());
                    heartbeat.pinged(now);
                    wake();
                }
                next = heartbeat.due();
                if (candidate != null && upgradeBy - next < 0) {
                    next = upgradeBy;
                }
                if (!queue.isEmpty() && drainage.nextLook(now) - next < 0) {
                    next = drainage.nextLook(now);
                }
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
        return Math.min(next, hearer.tend(now));
    }

    /** Asks to be looked after by then. Any thread. */
    void dueBy(long due) {
        home.dueBy(due);
    }

    private @Nullable CloseCause slowness(long now) {
        WebSocketFront current = socket;
        long inTransport = current == null ? 0 : current.pendingBytes();
        Settings settings = server.settings();
        // Who may lose what waits, by its policy, is thinned and not closed, unless it seems to be gone altogether.
        boolean lossy = !queue.isEmpty() && !queue.holdsUndroppable();
        long patience = lossy
                ? Math.max(settings.slowReaderTimeout, 2 * (settings.pingInterval + settings.pingTimeout))
                : settings.slowReaderTimeout;
        boolean slow = drainage.isSlow(now, queue.bytes(), inTransport, settings.outboundMark, patience);
        return slow ? CloseCause.SLOW_READER : null;
    }

    /** How long it has taken nothing, in nanoseconds; zero: nothing waits. */
    long stalledFor(long now) {
        lock.lock();
        try {
            return state == State.OPEN && !queue.isEmpty() ? drainage.stalledFor(now) : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that wait for the client here and in the transport. */
    long queuedBytes() {
        lock.lock();
        try {
            return queue.bytes() + (socket == null ? 0 : socket.pendingBytes());
        } finally {
            lock.unlock();
        }
    }

    int weight() {
        return 400 + handshake.weight() + listener().weight();
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
