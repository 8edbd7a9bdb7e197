package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import dev.weir.socketio.codec.Packet;
import dev.weir.socketio.codec.PacketType;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What single sockets of a namespace are told and tell: events and their answers, both ways. Safe for all threads. */
final class Exchange {

    private final Namespace namespace;

    Exchange(Namespace namespace) {
        this.namespace = namespace;
    }

    // Out

    boolean emit(Socket socket, Sending sending, String event, Object... arguments) {
        List<@Nullable Object> list = Namespace.event(event, arguments);
        if (!socket.isConnected()) {
            return false;
        }
        tellOutgoing(socket, event, list);
        return namespace.sendTo(socket, list, sending.delivery(namespace.settings()));
    }

    CompletionStage<Arguments> emitWithAck(Socket socket, Sending sending, String event, Object... arguments) {
        List<@Nullable Object> list = Namespace.event(event, arguments);
        tellOutgoing(socket, event, list);
        long id = namespace.nextAckId();
        AwaitedAnswer awaiting = new AwaitedAnswer(namespace, event);
        AckException.Why refused = await(socket, id, awaiting, sending.timeoutNanos(namespace.settings()));
        if (refused != null) {
            awaiting.failed(refused);
            return awaiting.result();
        }
        Packet packet = new Packet(PacketType.EVENT, namespace.name(), id, list);
        try {
            if (!socket.client().send(packet, sending.delivery(namespace.settings()))) {
                notSent(socket, id);
            }
        } catch (IllegalArgumentException unwritable) {
            notSent(socket, id);
            throw unwritable;
        }
        return awaiting.result();
    }

    /** Expects an answer from a socket. Returns why it cannot, or {@code null}. */
    AckException.@Nullable Why await(Socket socket, long ackId, PendingAcks.Awaiting awaiting, long timeoutNanos) {
        if (!socket.isConnected()) {
            return AckException.Why.DISCONNECTED;
        }
        Settings settings = namespace.settings();
        long deadline = settings.ticker.nanos() + timeoutNanos;
        AckException.Why refused = socket.acks().add(ackId, awaiting, deadline, settings.maxPendingAcks);
        socket.client().session().dueBy(deadline);
        return refused;
    }

    void notSent(Socket socket, long ackId) {
        socket.acks().fail(ackId, AckException.Why.NOT_SENT);
    }

    private void tellOutgoing(Socket socket, String event, List<@Nullable Object> list) {
        SocketHandlers all = socket.handlers();
        Observers observers = namespace.server().observers();
        if (all.hearsOutgoing() || !observers.isEmpty()) {
            Arguments sent = namespace.asArguments(list.subList(1, list.size()));
            all.outgoing(event, sent, namespace.server());
            observers.tell(observer -> observer.sent(socket, event, sent));
        }
    }

    // In

    /** Gives an event to its handlers; in the socket's mailbox. */
    void dispatch(Socket socket, Packet packet) {
        if (!socket.isConnected()) {
            return;
        }
        Arguments all = packet.arguments();
        String event = String.valueOf(all.get(0, Object.class));
        Arguments arguments = all.from(1);
        Ack ack = packet.id() == Packet.NO_ID ? Answer.UNWANTED : new Answer(socket, packet.id());
        namespace.server().observers().tell(observer -> observer.received(socket, event, arguments));
        socket.handlers().event(event, arguments, ack, namespace.server());
        namespace.dispatch(socket, event, arguments, ack);
    }

    void answered(Socket socket, Packet packet) {
        PendingAcks pending = socket.acksNow();
        if (pending != null) {
            pending.answered(packet.id(), packet.arguments());
        }
    }
}
