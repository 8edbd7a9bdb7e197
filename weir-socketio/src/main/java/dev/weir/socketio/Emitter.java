package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Sends to one socket, in a certain way. Immutable, safe for all threads. */
public final class Emitter {

    private final Socket socket;
    private final Sending sending;

    Emitter(Socket socket, Sending sending) {
        this.socket = socket;
        this.sending = sending;
    }

    /** With this policy when the client's queue is full. */
    public Emitter overflow(Overflow policy) {
        return new Emitter(socket, sending.overflow(policy));
    }

    /** Replacing what still waits under the same key. */
    public Emitter keepLatest(String key) {
        return new Emitter(socket, sending.keepLatest(key));
    }

    /** Dropped unless the transport can take it at once. */
    public Emitter asVolatile() {
        return new Emitter(socket, sending.asVolatile());
    }

    /** Waiting so long for an answer. */
    public Emitter timeout(Duration wait) {
        return new Emitter(socket, sending.timeout(wait));
    }

    /** As {@link Socket#emit}. */
    public boolean emit(String event, Object... arguments) {
        return socket.namespace().exchange().emit(socket, sending, event, arguments);
    }

    /** As {@link Socket#emitWithAck}. */
    public CompletionStage<Arguments> emitWithAck(String event, Object... arguments) {
        return socket.namespace().exchange().emitWithAck(socket, sending, event, arguments);
    }
}
