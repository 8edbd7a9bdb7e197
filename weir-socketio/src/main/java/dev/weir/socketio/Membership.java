package dev.weir.socketio;

import dev.weir.socketio.Socket.State;
import dev.weir.socketio.codec.Packet;
import dev.weir.socketio.codec.PacketType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

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
        boolean in = skip
                && (recovery == null
                        ? comeBackFromAnywhere(socket)
                        : recovery.locked(() -> comeBack(socket, recovery)));
        if (in) {
            welcome(socket);
        } else {
            namespace.admit(socket, refusal -> {
                if (refusal == null) {
                    admitted(socket, recovery, skip);
                } else {
                    turnAway(socket, refusal);
                }
            });
        }
    }

    private void turnAway(Socket socket, ConnectRefusedException refusal) {
        socket.state(State.GONE);
        // First gone, then told: the client may ask again as soon as it hears.
        socket.client().remove(socket);
        socket.client().refuse(namespace.name(), String.valueOf(refusal.getMessage()), refusal.data());
        namespace.guestGoes();
    }

    private void admitted(Socket socket, @Nullable Recovery recovery, boolean looked) {
        if (recovery == null) {
            if (looked || !comeBackFromAnywhere(socket)) {
                if (namespace.keepsElsewhere()) {
                    socket.recoverable(Ids.next());
                }
                connect(socket);
            }
        } else {
            recovery.locked(() -> {
                if (looked || !comeBack(socket, recovery)) {
                    socket.recoverable(Ids.next());
                    connect(socket);
                }
                return true;
            });
        }
        welcome(socket);
    }

    private void welcome(Socket socket) {
        namespace.guestGoes();
        namespace.server().observers().tell(observer -> observer.connected(socket));
        namespace.connected(socket);
    }

    /** Connects with the state it had, if that is still there. Nothing can be sent in the namespace meanwhile. */
    private boolean comeBack(Socket socket, Recovery recovery) {
        Recovery.Saved saved =
                recovery.claim(socket.auth(), namespace.settings().ticker.nanos());
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

    /** The same, if the adapter keeps what clients were; waits for it, but not for long. */
    private boolean comeBackFromAnywhere(Socket socket) {
        Map<?, ?> auth = namespace.keepsElsewhere() ? auth(socket) : null;
        if (auth == null
                || !(auth.get("pid") instanceof String pid)
                || !(auth.get("offset") instanceof String offset)) {
            return false;
        }
        AtomicBoolean decided = new AtomicBoolean();
        CompletableFuture<Boolean> entered = new CompletableFuture<>();
        boolean in = namespace
                .adapter()
                .restore(pid, offset, restored -> {
                    if (!decided.compareAndSet(false, true)) {
                        return false;
                    }
                    try {
                        resume(socket, restored);
                    } finally {
                        entered.complete(true);
                    }
                    return true;
                })
                .toCompletableFuture()
                .join();
        // The adapter may give up just as it lets the client in.
        return in || (!decided.compareAndSet(false, true) && entered.join());
    }

    private static @Nullable Map<?, ?> auth(Socket socket) {
        try {
            return socket.auth(Map.class);
        } catch (IllegalArgumentException notAMap) {
            return null;
        }
    }

    private void resume(Socket socket, RestoredSession restored) {
        SavedSession session = restored.session();
        socket.recover(new Recovery.Saved(session.pid(), session.id(), session.rooms(), session.data(), 0, 0));
        connect(socket);
        socket.join(session.rooms().toArray(String[]::new));
        for (List<@Nullable Object> event : restored.missed()) {
            socket.client().send(new Packet(PacketType.EVENT, namespace.name(), Packet.NO_ID, event));
        }
        namespace.server().counters().recovered.increment();
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
            socket.mailbox().post(() -> tell(socket, DisconnectReason.SERVER_NAMESPACE_DISCONNECT));
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
        } else {
            Set<String> before = socket.rooms();
            if (leave(socket, State.GONE)) {
                saveElsewhere(socket, before, reason);
                tell(socket, reason);
            }
        }
        socket.state(State.GONE);
        if (last == State.ENTERING) {
            namespace.guestGoes();
        } else {
            namespace.vanishIfEmpty();
        }
    }

    private void saveElsewhere(Socket socket, Set<String> rooms, DisconnectReason reason) {
        String pid = socket.recoveryId();
        if (pid != null && reason.isRecoverable() && namespace.keepsElsewhere()) {
            SavedSession session = new SavedSession(socket.id(), pid, rooms, socket.dataNow());
            namespace.server().guard(() -> namespace.adapter().save(session));
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
        namespace.server().observers().tell(observer -> observer.disconnected(socket, reason));
        socket.handlers().disconnected(reason, namespace.server());
        namespace.disconnected(socket, reason);
    }
}
