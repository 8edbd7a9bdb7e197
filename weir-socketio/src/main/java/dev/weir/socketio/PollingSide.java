package dev.weir.socketio;

import dev.weir.socketio.codec.EnginePacket;
import dev.weir.socketio.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a session that polls: one that waits for packets, and one that brings some. Guarded by the session's
 * lock, which the methods named so expect to be held and the others take.
 */
final class PollingSide {

    private final EngineSession session;
    private @Nullable HttpFront poll;
    private @Nullable HttpFront post;

    PollingSide(EngineSession session) {
        this.session = session;
    }

    /** A poll; on its channel's loop. */
    void onPoll(HttpFront front) {
        boolean overlap;
        session.lock().lock();
        try {
            if (session.isOver()) {
                front.refuse(Refusal.UNKNOWN_SESSION);
                return;
            }
            if (session.webSocket().current() != null) {
                front.refuse(Refusal.BAD_REQUEST);
                return;
            }
            overlap = poll != null;
            if (!overlap) {
                poll = front;
                session.outbound().wake();
            }
        } finally {
            session.lock().unlock();
        }
        if (overlap) {
            session.close(CloseCause.OVERLAPPING_REQUESTS);
            front.refuse(Refusal.BAD_REQUEST);
        }
    }

    /** The head of a post. Returns whether its body may come. */
    boolean beginPost(HttpFront front) {
        session.lock().lock();
        try {
            if (!session.isServed()) {
                front.refuse(Refusal.UNKNOWN_SESSION);
                return false;
            }
            if (session.webSocket().current() != null) {
                front.refuse(Refusal.BAD_REQUEST);
                return false;
            }
            if (post == null) {
                post = front;
                return true;
            }
        } finally {
            session.lock().unlock();
        }
        session.close(CloseCause.OVERLAPPING_REQUESTS);
        front.refuse(Refusal.BAD_REQUEST);
        return false;
    }

    /** The body of a post, complete; on its channel's loop. */
    void onPost(HttpFront front, @Nullable String body) {
        boolean sound = body != null && (!session.isOpen() || takes(body));
        boolean answer = false;
        session.lock().lock();
        try {
            boolean leaving = session.isTakingLeave();
            // A refusal would be an error to the client, and it would not wait to hear why it is closed.
            sound |= leaving;
            if (post == front && (!session.isPaused() || leaving || !sound)) {
                post = null;
                answer = true;
            }
        } finally {
            session.lock().unlock();
        }
        if (!sound) {
            session.close(CloseCause.MALFORMED);
            front.refuse(Refusal.BAD_REQUEST);
        } else if (answer) {
            front.answerOk();
        }
    }

    private boolean takes(String body) {
        int most = session.server().settings().maxPacketsPerSecond * InboundRate.BURST;
        boolean sound = true;
        try {
            List<EnginePacket> packets = EnginePacket.decodePayload(body, most);
            for (EnginePacket packet : packets) {
                sound &= session.inbound().onPacket(packet);
            }
        } catch (MalformedPacketException malformed) {
            sound = false;
        }
        return sound;
    }

    /** A waiting request's channel is gone, or its body was too large or too slow. */
    void requestFailed(HttpFront front, CloseCause why) {
        boolean ours;
        session.lock().lock();
        try {
            ours = poll == front || post == front;
            if (poll == front) {
                poll = null;
            }
            if (post == front) {
                post = null;
            }
        } finally {
            session.lock().unlock();
        }
        if (ours) {
            session.close(why);
        }
    }

    /** Under the lock. The poll that waits for packets. */
    @Nullable HttpFront waiting() {
        return poll;
    }

    /** Under the lock. The same, which then waits no more. */
    @Nullable HttpFront takeWaiting() {
        HttpFront front = poll;
        poll = null;
        return front;
    }

    /** Under the lock. A post whose body is here and whose answer was held back, which then is not any more. */
    @Nullable HttpFront takeHeld() {
        HttpFront held = post != null && post.awaitsAnswer() ? post : null;
        if (held != null) {
            post = null;
        }
        return held;
    }

    /** Adds a packet without content to a payload. */
    static void append(ByteBuf payload, EnginePacket.Type type) {
        if (payload.isReadable()) {
            payload.writeByte(EnginePacket.SEPARATOR);
        }
        payload.writeByte(type.digit());
    }
}
