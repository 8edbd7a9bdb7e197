package dev.weir.socketio;

import dev.weir.socketio.codec.Packet;
import dev.weir.socketio.codec.PacketType;

/** The answer to an event, which is sent once at most. */
final class Answer implements Ack {

    /** What a handler gets for an event whose sender asks for no answer. */
    static final Ack UNWANTED = new Ack() {
        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public void send(Object... values) {}
    };

    private final Socket socket;
    private final long id;
    private boolean given;

    Answer(Socket socket, long id) {
        this.socket = socket;
        this.id = id;
    }

    @Override
    public boolean isWanted() {
        return true;
    }

    @Override
    public void send(Object... values) {
        boolean first = socket.namespace().onceFor(socket, () -> {
            boolean fresh = !given;
            given = true;
            return fresh;
        });
        if (first) {
            answer(values);
        }
    }

    private void answer(Object... values) {
        if (socket.isConnected()) {
            String namespace = socket.namespace().name();
            socket.client().send(new Packet(PacketType.ACK, namespace, id, Namespace.list(values)));
        }
    }
}
