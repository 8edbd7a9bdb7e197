package dev.weir.socketio;

import dev.weir.socketio.codec.EnginePacket;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket of a session: the one that it is on, and a candidate that it may move to. Guarded by the session's lock,
 * which the methods named so expect to be held and the others take.
 */
final class WebSocketSide {

    private final EngineSession session;
    private @Nullable WebSocketFront socket;
    private @Nullable WebSocketFront candidate;
    private boolean probed;
    private long upgradeBy;

    WebSocketSide(EngineSession session, @Nullable WebSocketFront socket) {
        this.session = session;
        this.socket = socket;
    }

    /** A second WebSocket, for an upgrade. Returns whether it may try. */
    boolean enterCandidate(WebSocketFront front) {
        session.lock().lock();
        try {
            if (!session.isServed() || socket != null || candidate != null) {
                return false;
            }
            candidate = front;
            probed = false;
            upgradeBy = session.server().now() + session.server().settings().upgradeTimeout;
        } finally {
            session.lock().unlock();
        }
        session.dueBy(upgradeBy);
        return true;
    }

    /** The candidate's probe: a waiting poll is freed, so that the client can move. */
    boolean onProbe(WebSocketFront front) {
        session.lock().lock();
        try {
            if (candidate != front || !session.isServed()) {
                return false;
            }
            probed = true;
            session.outbound().wake();
            return true;
        } finally {
            session.lock().unlock();
        }
    }

    /** The client has moved: from now on everything goes over the WebSocket. */
    boolean onUpgrade(WebSocketFront front) {
        HttpFront waiting;
        session.lock().lock();
        try {
            if (candidate != front || !probed || !session.isServed()) {
                return false;
            }
            takeCandidate();
            socket = front;
            waiting = session.polling().takeWaiting();
            if (session.isPaused() && session.isOpenNow()) {
                front.channel().config().setAutoRead(false);
            }
            session.outbound().restart(session.server().now());
        } finally {
            session.lock().unlock();
        }
        if (waiting != null) {
            ByteBuf noop = waiting.newPayload();
            PollingSide.append(noop, EnginePacket.Type.NOOP);
            waiting.answer(noop);
        }
        session.listener().onUpgrade();
        return true;
    }

    /** A WebSocket's channel is gone. */
    void gone(WebSocketFront front, CloseCause why) {
        boolean ours;
        session.lock().lock();
        try {
            if (candidate == front) {
                takeCandidate();
            }
            ours = socket == front;
        } finally {
            session.lock().unlock();
        }
        if (ours) {
            session.close(why);
            session.finish();
        }
    }

    /** Under the lock. The WebSocket that the session is on; {@code null}: it polls. */
    @Nullable WebSocketFront current() {
        return socket;
    }

    /** Under the lock. */
    boolean hasCandidate() {
        return candidate != null;
    }

    /** Under the lock. Whether a candidate waits for the poll to be freed. */
    boolean hasProbed() {
        return probed;
    }

    /** Under the lock. The candidate, which then is none any more. */
    @Nullable WebSocketFront takeCandidate() {
        WebSocketFront front = candidate;
        candidate = null;
        probed = false;
        return front;
    }

    /** Under the lock. The same, if its time is over. */
    @Nullable WebSocketFront takeLate(long now) {
        return candidate != null && now - upgradeBy >= 0 ? takeCandidate() : null;
    }

    /** Under the lock. When the candidate's time is over, no later than {@code latest}. */
    long due(long latest) {
        return candidate != null && upgradeBy - latest < 0 ? upgradeBy : latest;
    }
}
