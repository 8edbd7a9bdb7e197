package dev.weir.socketio;

import dev.weir.socketio.codec.EnginePacket;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a session sends: packets wait in its queue until the loop of the transport's channel takes them out, as many as
 * the transport takes. Guarded by the session's lock, which the methods named so expect to be held and the others take.
 */
final class Outbound {

    private static final int POLL_BYTES = 1 << 18;
    private static final int VOLATILE_BYTES = 1 << 14;

    private final EngineSession session;
    private final OutboundQueue queue = new OutboundQueue();
    private final Drainage drainage;
    private @Nullable CompletableFuture<Void> writable;

    Outbound(EngineSession session, long now) {
        this.session = session;
        this.drainage = new Drainage(now);
    }

    private Settings settings() {
        return session.server().settings();
    }

    private Counters counters() {
        return session.server().counters();
    }

    /** As {@link EngineSession#send}. */
    boolean send(Outgoing packet) {
        OutboundQueue.Outcome outcome;
        session.lock().lock();
        try {
            if (!session.isOpenNow()) {
                return false;
            }
            if (packet.delivery.isVolatile() && !takesNow()) {
                counters().volatileDropped.increment();
                return false;
            }
            boolean sure = packet.delivery.overflow() == Overflow.CLOSE;
            outcome = queue.offer(packet, sure ? settings().maxOutboundBytes : settings().outboundMark);
            int dropped = queue.takeDropped();
            if (dropped > 0) {
                counters().dropped.add(dropped);
            }
            wake();
        } finally {
            session.lock().unlock();
        }
        switch (outcome) {
            case FULL -> {
                session.close(CloseCause.OVERFLOW);
                return false;
            }
            case DROPPED -> {
                counters().dropped.increment();
                return false;
            }
            case REPLACED -> counters().replaced.increment();
            default -> {}
        }
        return true;
    }

    private boolean takesNow() {
        WebSocketFront current = session.webSocket().current();
        return current == null
                ? session.polling().waiting() != null && queue.isEmpty()
                : current.channel().isWritable() && queue.bytes() < VOLATILE_BYTES;
    }

    /** Under the lock. Lets the transport's loop come for what waits. */
    void wake() {
        Warden warden = transport();
        if (warden != null) {
            warden.markDirty(session);
        }
    }

    private @Nullable Warden transport() {
        WebSocketFront current = session.webSocket().current();
        if (current != null) {
            return current.warden();
        }
        HttpFront poll = session.polling().waiting();
        return poll == null ? null : poll.warden();
    }

    /** Moves what waits to the transport; on a warden's loop. */
    void drain(Warden warden) {
        CompletableFuture<Void> relieved = null;
        boolean over = false;
        session.lock().lock();
        try {
            if (session.isOver()) {
                return;
            }
            if (transport() == warden) {
                over = drainHere();
            } else {
                wake();
            }
            if (writable != null && queue.bytes() <= settings().outboundMark / 2) {
                relieved = takeSenders();
            }
        } finally {
            session.lock().unlock();
        }
        if (over) {
            session.finish();
        }
        tell(relieved);
    }

    private boolean drainHere() {
        WebSocketFront current = session.webSocket().current();
        if (current != null) {
            drainTo(current);
            return false;
        }
        HttpFront poll = session.polling().waiting();
        return poll != null && drainTo(poll);
    }

    private void drainTo(WebSocketFront current) {
        boolean wrote = false;
        while (current.channel().isWritable()) {
            Outgoing packet = queue.poll();
            if (packet == null) {
                break;
            }
            wrote = true;
            drainage.handedOver(packet.wireBytes());
            counters().packetsOut.increment();
            counters().bytesOut.add(packet.wireBytes());
            packet.writeTo(current.channel(), current.deflates());
        }
        if (wrote) {
            current.channel().flush();
        }
        if (session.isClosing() && queue.isEmpty()) {
            current.sayGoodbye(session.cause());
        }
    }

    /** Returns whether that was the last the client hears. */
    private boolean drainTo(HttpFront waiting) {
        boolean closing = session.isClosing();
        if (queue.isEmpty() && !closing && !session.webSocket().hasProbed()) {
            return false;
        }
        session.polling().takeWaiting();
        // Never in one answer with packets: the official client would take the close first, and miss why it was closed.
        boolean over = closing && queue.isEmpty();
        ByteBuf payload = waiting.newPayload();
        while (payload.readableBytes() < POLL_BYTES) {
            Outgoing packet = queue.poll();
            if (packet == null) {
                break;
            }
            counters().packetsOut.increment();
            packet.appendTo(payload);
            packet.release();
        }
        if (closing && queue.isEmpty()) {
            session.expectGoodbye();
        }
        if (over) {
            PollingSide.append(payload, EnginePacket.Type.CLOSE);
        } else if (!payload.isReadable()) {
            PollingSide.append(payload, EnginePacket.Type.NOOP);
        }
        counters().bytesOut.add(payload.readableBytes());
        drainage.handedOver(payload.readableBytes());
        waiting.answer(payload);
        return over;
    }

    /** Under the lock. Queues a ping, ahead of all others. */
    void ping() {
        queue.ping(session.server().ping());
        wake();
    }

    /** Under the lock. The client is on another transport. */
    void restart(long now) {
        drainage.restart(now);
        wake();
    }

    // Holding back

    /** Whether what waits is below the mark. */
    boolean isWritable() {
        session.lock().lock();
        try {
            return session.isOpenNow() && queue.bytes() <= settings().outboundMark;
        } finally {
            session.lock().unlock();
        }
    }

    /** Completes when what waits is well below the mark, or the session ends. */
    CompletionStage<Void> whenWritable() {
        session.lock().lock();
        try {
            if (!session.isOpenNow() || queue.bytes() <= settings().outboundMark) {
                return CompletableFuture.completedFuture(null);
            }
            if (writable == null) {
                writable = new CompletableFuture<>();
            }
            return writable.copy();
        } finally {
            session.lock().unlock();
        }
    }

    /** Under the lock. Who holds back, to be {@link #tell told} without it. */
    @Nullable CompletableFuture<Void> takeSenders() {
        CompletableFuture<Void> senders = writable;
        writable = null;
        return senders;
    }

    void tell(@Nullable CompletableFuture<Void> senders) {
        if (senders != null) {
            senders.completeAsync(() -> null, session.server().executor());
        }
    }

    // What waits

    /** Under the lock. */
    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Under the lock. */
    void clear() {
        queue.clear();
    }

    /** Under the lock. Bytes that wait for the client here and in the transport. */
    long bytes() {
        return queue.bytes() + inTransport();
    }

    private long inTransport() {
        WebSocketFront current = session.webSocket().current();
        return current == null ? 0 : current.pendingBytes();
    }

    /** Under the lock. Whether the client takes so little that it must go. */
    boolean isStuck(long now) {
        Settings settings = settings();
        // Who may lose what waits, by its policy, is thinned and not closed, unless it seems to be gone altogether.
        boolean lossy = !queue.isEmpty() && !queue.holdsUndroppable();
        long patience = lossy
                ? Math.max(settings.slowReaderTimeout, 2 * (settings.pingInterval + settings.pingTimeout))
                : settings.slowReaderTimeout;
        return drainage.isSlow(now, queue.bytes(), inTransport(), settings.outboundMark, patience);
    }

    /** Under the lock. When to ask again whether it {@link #isStuck}, no later than {@code latest}. */
    long nextLook(long now, long latest) {
        return !queue.isEmpty() && drainage.nextLook(now) - latest < 0 ? drainage.nextLook(now) : latest;
    }

    /** Under the lock. How long the client has taken nothing, in nanoseconds; zero: nothing waits. */
    long stalledFor(long now) {
        return queue.isEmpty() ? 0 : drainage.stalledFor(now);
    }
}
