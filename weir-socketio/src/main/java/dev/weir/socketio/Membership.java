package dev.weir.socketio;

import dev.weir.socketio.Socket.State;
import dev.weir.socketio.codec.Packet;
import dev.weir.socketio.codec.PacketType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How sockets come into a namespace and leave it. Called in their mailboxes, but for {@link #sendAway}. */
final class Membership {

    private final Namespace namespace;

    Membership(Namespace namespace) {
        this.namespace = namespace;
    }

    /** Lets a socket in, with the state it had if that is still there, or turns it away. */
    void enter(Socket socket) {
        Client client = socket.client();
        if (!client.session().isOpen()) {
            end(socket, DisconnectReason.of(CloseCause.TRANSPORT));
            return;
        }
        Recovery recovery = namespace.recovery();
        boolean skip = namespace.settings().skipMiddlewaresOnRecovery;
        boolean in = recovery != null && skip && recovery.locked(() -> comeBack(socket, recovery));
        ConnectRefusedException refusal = in ? null : namespace.refusal(socket);
        if (refusal != null) {
            socket.state(State.GONE);
            // First gone, then told: the client may ask again as soon as it hears.
            client.remove(socket);
            client.refuse(namespace.name(), String.valueOf(refusal.getMessage()), refusal.data());
            namespace.guestGoes();
            return;
        }
        if (recovery == null) {
            connect(socket);
        } else if (!in) {
            recovery.locked(() -> {
                if (skip || !comeBack(socket, recovery)) {
                    socket.recoverable(Ids.next());
                    connect(socket);
                }
                return true;
            });
        }
        namespace.guestGoes();
        namespace.connected(socket);
    }

    /** Connects with the state it had, if that is still there. Nothing can be sent in the namespace meanwhile. */
    private boolean comeBack(Socket socket, Recovery recovery) {
        Recovery.Saved saved = recovery.claim(socket.auth(), namespace.settings().ticker.nanos());
        if (saved == null) {
            return false;
        }
        socket.recover(saved);
        connect(socket);
        socket.join(saved.rooms().toArray(String[]::new));
        recovery.resend(saved, missed -> socket.client().session().send(missed));
        namespace.server().counters().recovered.increment();
        return true;
    }

    private void connect(Socket socket) {
        // The client may answer the reply before this thread goes on.
        socket.state(State.CONNECTED);
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("sid", socket.id());
        String pid = socket.recoveryId();
        if (pid != null) {
            reply.put("pid", pid);
        }
        socket.client().send(new Packet(PacketType.CONNECT, namespace.name(), Packet.NO_ID, reply));
        namespace.add(socket);
    }

    /** Disconnects a socket by the server's wish. Any thread. */
    void sendAway(Socket socket) {
        if (leave(socket, State.SENT_AWAY)) {
            socket.client().send(new Packet(PacketType.DISCONNECT, namespace.name(), Packet.NO_ID, null));
            socket.mailbox().post(() -> tell(socket, DisconnectReason.SERVER_NAMESPACE_DISCONNECT), 0);
            namespace.vanishIfEmpty();
        }
    }

    /** The client or its connection has gone. */
    void end(Socket socket, DisconnectReason reason) {
        State last = socket.state();
        Recovery recovery = namespace.recovery();
        if (last == State.CONNECTED && recovery != null && reason.isRecoverable()) {
            boolean left = recovery.locked(() -> {
                Set<String> before = socket.rooms();
                boolean was = leave(socket, State.GONE);
                if (was) {
                    recovery.save(socket, before, socket.dataNow());
                }
                return was;
            });
            if (left) {
                tell(socket, reason);
            }
        } else if (leave(socket, State.GONE)) {
            tell(socket, reason);
        }
        socket.state(State.GONE);
        if (last == State.ENTERING) {
            namespace.guestGoes();
        } else {
            namespace.vanishIfEmpty();
        }
    }

    private boolean leave(Socket socket, State next) {
        boolean was = namespace.onceFor(socket, () -> {
            boolean connected = socket.isConnected();
            if (connected) {
                socket.state(next);
            }
            return connected;
        });
        if (was) {
            namespace.remove(socket);
            PendingAcks pending = socket.acksNow();
            if (pending != null) {
                pending.disconnected();
            }
        }
        return was;
    }

    private void tell(Socket socket, DisconnectReason reason) {
        socket.handlers().disconnected(reason, namespace.server());
        namespace.disconnected(socket, reason);
    }
}
