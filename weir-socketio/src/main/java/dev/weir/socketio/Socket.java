package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import dev.weir.socketio.codec.Packet;
import dev.weir.socketio.codec.PacketType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client in a namespace. Safe for all threads; nothing here blocks. Its handlers are called on a handler thread, one
 * after the other in the order the client sent the events, and may block: then the client's further events wait, and
 * beyond a bound the client is not read.
 */
public final class Socket {

    private enum State {
        ENTERING,
        CONNECTED,
        /** The server disconnected it; the connection lives on and the client may not know yet. */
        SENT_AWAY,
        GONE
    }

    private final Namespace namespace;
    private final Client client;
    private final Arguments auth;
    private final Mailbox mailbox;
    private volatile String id;
    private volatile @Nullable String recoveryId;
    private volatile boolean recovered;
    private volatile State state = State.ENTERING;

    // Made when first needed: most sockets of a large server never do.
    private volatile @Nullable Map<String, Object> data;
    private volatile @Nullable PendingAcks acks;
    private volatile @Nullable Map<String, List<ArgumentsHandler>> handlers;
    private volatile @Nullable List<AnyHandler> anyHandlers;
    private volatile @Nullable List<AnyHandler> outgoingHandlers;
    private volatile @Nullable List<Consumer<DisconnectReason>> disconnectHandlers;

    /** Guarded by the namespace's rooms. */
    @Nullable Set<String> rooms;

    Socket(Namespace namespace, Client client, Arguments auth) {
        this.namespace = namespace;
        this.client = client;
        this.auth = auth;
        this.id = Ids.next();
        this.mailbox = new Mailbox(client.session(), namespace.server());
    }

    // What it is

    /** Its id, which it has in this namespace only; others may know it. */
    public String id() {
        return id;
    }

    /** Its namespace. */
    public Namespace namespace() {
        return namespace;
    }

    /** The request that its connection began with. */
    public Handshake handshake() {
        return client.session().handshake();
    }

    /**
     * What the client sent along to be let in, as a value of a class; {@code null} if nothing.
     *
     * @throws IllegalArgumentException if it cannot be mapped to the class
     */
    public <T> @Nullable T auth(Class<T> type) {
        return auth.get(0, type);
    }

    /** Whether it is in its namespace. */
    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    /** Whether it found its id, rooms and data again, and got the events it had missed. */
    public boolean recovered() {
        return recovered;
    }

    /** Whether its connection is a WebSocket, and not polling. */
    public boolean isOnWebSocket() {
        return client.session().isOnWebSocket();
    }

    /** What the application remembers of it, by names. Values are seen by {@code fetchSockets} and survive a recovery. */
    public Map<String, Object> data() {
        Map<String, Object> map = data;
        if (map == null) {
            map = namespace.onceFor(this, () -> {
                Map<String, Object> made = data == null ? new ConcurrentHashMap<>(4) : data;
                data = made;
                return made;
            });
        }
        return map;
    }

    Map<String, Object> dataNow() {
        Map<String, Object> map = data;
        return map == null ? Map.of() : Map.copyOf(map);
    }

    /** The rooms it is in, its own id among them. */
    public Set<String> rooms() {
        Set<String> all = new HashSet<>(namespace.rooms().of(this));
        all.add(id);
        return all;
    }

    Client client() {
        return client;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    @Nullable String recoveryId() {
        return recoveryId;
    }

    // Handlers

    /** Handles an event by its first argument, as a value of a class. Several handlers are called in turn. */
    public <T> Socket on(String event, Class<T> type, EventHandler<T> handler) {
        return on(event, (arguments, ack) -> handler.handle(arguments.get(0, type), ack));
    }

    /** Handles an event with any arguments. */
    public Socket on(String event, ArgumentsHandler handler) {
        Namespace.requireFree(event);
        namespace.onceFor(this, () -> {
            Map<String, List<ArgumentsHandler>> map = handlers == null ? new HashMap<>(8) : new HashMap<>(handlers);
            List<ArgumentsHandler> list = new ArrayList<>(map.getOrDefault(event, List.of()));
            list.add(handler);
            map.put(event, List.copyOf(list));
            handlers = map;
            return map;
        });
        return this;
    }

    /** Handles an event once: only the next one. */
    public Socket once(String event, ArgumentsHandler handler) {
        return on(event, new ArgumentsHandler() {
            @Override
            public void handle(Arguments arguments, Ack ack) throws Exception {
                off(event, this);
                handler.handle(arguments, ack);
            }
        });
    }

    /** Removes the handlers of an event. */
    public Socket off(String event) {
        return off(event, null);
    }

    private Socket off(String event, @Nullable ArgumentsHandler only) {
        namespace.onceFor(this, () -> {
            Map<String, List<ArgumentsHandler>> map = new HashMap<>(handlers == null ? Map.of() : handlers);
            List<ArgumentsHandler> list = new ArrayList<>(map.getOrDefault(event, List.of()));
            if (only == null) {
                list.clear();
            } else {
                list.remove(only);
            }
            if (list.isEmpty()) {
                map.remove(event);
            } else {
                map.put(event, List.copyOf(list));
            }
            handlers = map;
            return map;
        });
        return this;
    }

    /** Sees every event that comes, before its handlers. */
    public Socket onAny(AnyHandler handler) {
        anyHandlers = with(anyHandlers, handler);
        return this;
    }

    /** Sees every event that is sent to this socket alone; its {@link Ack} is never wanted. */
    public Socket onAnyOutgoing(AnyHandler handler) {
        outgoingHandlers = with(outgoingHandlers, handler);
        return this;
    }

    /** Hears that it has left the namespace, after all its events. */
    public Socket onDisconnect(Consumer<DisconnectReason> handler) {
        disconnectHandlers = with(disconnectHandlers, handler);
        return this;
    }

    private <H> List<H> with(@Nullable List<H> some, H more) {
        return namespace.onceFor(this, () -> {
            List<H> list = some == null ? new CopyOnWriteArrayList<>() : some;
            list.add(more);
            return list;
        });
    }

    // Sending

    /**
     * Sends an event. Arguments are written by the JSON adapter; {@code byte[]} and {@code ByteBuffer} anywhere in them
     * go as binary.
     *
     * @return whether it waits for the client now; {@code false} if the client is gone, or it was dropped
     * @throws IllegalArgumentException if the name is Socket.IO's own, or an argument cannot be written
     */
    public boolean emit(String event, Object... arguments) {
        return emit(Sending.PLAIN, event, arguments);
    }

    /**
     * Sends an event and waits for the answer.
     *
     * @return completes on a handler thread with the answer, or with an {@link AckException}
     * @throws IllegalArgumentException as {@link #emit}
     */
    public CompletionStage<Arguments> emitWithAck(String event, Object... arguments) {
        return emitWithAck(Sending.PLAIN, event, arguments);
    }

    /** With this policy when the client's queue is full. */
    public Emitter overflow(Overflow policy) {
        return new Emitter(this, Sending.PLAIN.overflow(policy));
    }

    /** Replacing what still waits under the same key. */
    public Emitter keepLatest(String key) {
        return new Emitter(this, Sending.PLAIN.keepLatest(key));
    }

    /** Dropped unless the transport can take it at once. */
    public Emitter asVolatile() {
        return new Emitter(this, Sending.PLAIN.asVolatile());
    }

    /** Waiting so long for answers. */
    public Emitter timeout(Duration wait) {
        return new Emitter(this, Sending.PLAIN.timeout(wait));
    }

    /** Whether little enough waits for the client that the sender need not hold back. */
    public boolean isWritable() {
        return isConnected() && client.session().isWritable();
    }

    /** Completes when {@link #isWritable} may be true again, or the client is gone. */
    public CompletionStage<Void> whenWritable() {
        return client.session().whenWritable();
    }

    boolean emit(Sending sending, String event, Object... arguments) {
        List<@Nullable Object> list = Namespace.event(event, arguments);
        if (state != State.CONNECTED) {
            return false;
        }
        tellOutgoing(event, list);
        return namespace.sendTo(this, list, sending.delivery(namespace.settings()));
    }

    CompletionStage<Arguments> emitWithAck(Sending sending, String event, Object... arguments) {
        List<@Nullable Object> list = Namespace.event(event, arguments);
        CompletableFuture<Arguments> answer = new CompletableFuture<>();
        tellOutgoing(event, list);
        long id = namespace.nextAckId();
        PendingAcks.Awaiting awaiting = new PendingAcks.Awaiting() {
            @Override
            public void answered(Arguments given) {
                answer.completeAsync(() -> given, namespace.server().executor());
            }

            @Override
            public void failed(AckException.Why why) {
                namespace.server().executor().execute(() -> answer.completeExceptionally(failure(why, event)));
            }
        };
        AckException.Why refused = awaitAck(id, awaiting, sending.timeoutNanos(namespace.settings()));
        if (refused != null) {
            awaiting.failed(refused);
            return answer;
        }
        Packet packet = new Packet(PacketType.EVENT, namespace.name(), id, list);
        try {
            if (!client.send(packet, sending.delivery(namespace.settings()))) {
                acks().fail(id, AckException.Why.NOT_SENT);
            }
        } catch (IllegalArgumentException unwritable) {
            acks().fail(id, AckException.Why.NOT_SENT);
            throw unwritable;
        }
        return answer;
    }

    private AckException failure(AckException.Why why, String event) {
        return new AckException(
                why, "no answer to \"" + event + "\" from a socket of " + namespace.name() + ": " + why);
    }

    AckException.@Nullable Why awaitAck(long ackId, PendingAcks.Awaiting awaiting, long timeoutNanos) {
        if (state != State.CONNECTED) {
            return AckException.Why.DISCONNECTED;
        }
        Settings settings = namespace.settings();
        long deadline = settings.ticker.nanos() + timeoutNanos;
        AckException.Why refused = acks().add(ackId, awaiting, deadline, settings.maxPendingAcks);
        client.session().dueBy(deadline);
        return refused;
    }

    void ackNotSent(long ackId) {
        acks().fail(ackId, AckException.Why.NOT_SENT);
    }

    private PendingAcks acks() {
        PendingAcks pending = acks;
        return pending != null
                ? pending
                : namespace.onceFor(this, () -> {
                    PendingAcks made = acks == null ? new PendingAcks() : acks;
                    acks = made;
                    return made;
                });
    }

    private void tellOutgoing(String event, List<@Nullable Object> list) {
        List<AnyHandler> listeners = outgoingHandlers;
        if (listeners != null) {
            Arguments sent = namespace.asArguments(list.subList(1, list.size()));
            for (AnyHandler listener : listeners) {
                namespace.server().guard(() -> listener.handle(event, sent, NoAck.INSTANCE));
            }
        }
    }

    /** Sends to everyone else in the namespace. */
    public Broadcast broadcast() {
        return new Broadcast(namespace, Set.of(), Set.of(id), Sending.PLAIN);
    }

    /** Sends to everyone else in these rooms. */
    public Broadcast to(String... rooms) {
        return broadcast().to(rooms);
    }

    /** Sends to everyone else but those in these rooms. */
    public Broadcast except(String... rooms) {
        return broadcast().except(rooms);
    }

    // Rooms

    /**
     * Joins rooms.
     *
     * @throws IllegalStateException if it would be in more rooms than allowed
     */
    public void join(String... joined) {
        for (String room : joined) {
            namespace.rooms().join(this, room);
        }
    }

    /** Leaves a room. */
    public void leave(String room) {
        namespace.rooms().leave(this, room);
    }

    // Life: in the mailbox, but for the first two

    /** Disconnects it from this namespace; the connection and its other namespaces stay. */
    public void disconnect() {
        if (leaveNamespace(State.SENT_AWAY)) {
            client.send(new Packet(PacketType.DISCONNECT, namespace.name(), Packet.NO_ID, null));
            mailbox.post(() -> tellDisconnect(DisconnectReason.SERVER_NAMESPACE_DISCONNECT), 0);
            namespace.vanishIfEmpty();
        }
    }

    /** Disconnects it from all namespaces and closes the connection, if {@code close}; else as {@link #disconnect()}. */
    public void disconnect(boolean close) {
        if (close) {
            client.close();
        } else {
            disconnect();
        }
    }

    boolean wasSentAway() {
        return state == State.SENT_AWAY;
    }

    void enter() {
        if (!client.session().isOpen()) {
            end(DisconnectReason.of(CloseCause.TRANSPORT));
            return;
        }
        Recovery recovery = namespace.recovery();
        boolean skip = namespace.settings().skipMiddlewaresOnRecovery;
        boolean in = recovery != null && skip && recovery.locked(() -> comeBack(recovery));
        ConnectRefusedException refusal = in ? null : namespace.refusal(this);
        if (refusal != null) {
            state = State.GONE;
            // First gone, then told: the client may ask again as soon as it hears.
            client.remove(this);
            client.refuse(namespace.name(), String.valueOf(refusal.getMessage()), refusal.data());
            namespace.guestGoes();
            return;
        }
        if (recovery == null) {
            connect();
        } else if (!in) {
            recovery.locked(() -> {
                if (skip || !comeBack(recovery)) {
                    recoveryId = Ids.next();
                    connect();
                }
                return true;
            });
        }
        namespace.guestGoes();
        namespace.connected(this);
    }

    /** Connects with the state it had, if that is still there. Nothing can be sent in the namespace meanwhile. */
    private boolean comeBack(Recovery recovery) {
        Recovery.Saved saved = recovery.claim(auth, namespace.settings().ticker.nanos());
        if (saved == null) {
            return false;
        }
        id = saved.id();
        recoveryId = saved.recoveryId();
        recovered = true;
        data().putAll(saved.data());
        connect();
        join(saved.rooms().toArray(String[]::new));
        recovery.resend(saved, this::sendAgain);
        namespace.server().counters().recovered.increment();
        return true;
    }

    private void sendAgain(Outgoing missed) {
        client.session().send(missed);
    }

    private void connect() {
        // The client may answer the reply before this thread goes on.
        state = State.CONNECTED;
        Map<String, Object> reply = new LinkedHashMap<>();
        reply.put("sid", id);
        String pid = recoveryId;
        if (pid != null) {
            reply.put("pid", pid);
        }
        client.send(new Packet(PacketType.CONNECT, namespace.name(), Packet.NO_ID, reply));
        namespace.add(this);
    }

    void dispatch(Packet packet) {
        if (state != State.CONNECTED) {
            return;
        }
        Arguments all = packet.arguments();
        String event = String.valueOf(all.get(0, Object.class));
        Arguments arguments = all.from(1);
        Ack ack = packet.id() == Packet.NO_ID ? NoAck.INSTANCE : new Answer(this, packet.id());
        SocketIoServer server = namespace.server();
        List<AnyHandler> any = anyHandlers;
        if (any != null) {
            any.forEach(handler -> server.guard(() -> handler.handle(event, arguments, ack)));
        }
        Map<String, List<ArgumentsHandler>> own = handlers;
        if (own != null) {
            own.getOrDefault(event, List.of()).forEach(handler -> server.guard(() -> handler.handle(arguments, ack)));
        }
        namespace.dispatch(this, event, arguments, ack);
    }

    void answer(long ackId, Object[] values) {
        if (state == State.CONNECTED) {
            client.send(new Packet(PacketType.ACK, namespace.name(), ackId, Namespace.list(values)));
        }
    }

    void answered(long ackId, Arguments arguments) {
        PendingAcks pending = acks;
        if (pending != null) {
            pending.answered(ackId, arguments);
        }
    }

    long tendAcks(long now) {
        PendingAcks pending = acks;
        return pending == null
                ? Long.MAX_VALUE
                : pending.tend(now, namespace.server().counters().ackTimeouts::increment);
    }

    /** The client or its connection has gone. */
    void end(DisconnectReason reason) {
        State last = state;
        Recovery recovery = namespace.recovery();
        if (last == State.CONNECTED && recovery != null && reason.isRecoverable()) {
            boolean left = recovery.locked(() -> {
                Set<String> before = rooms();
                boolean was = leaveNamespace(State.GONE);
                if (was) {
                    recovery.save(this, before, dataNow());
                }
                return was;
            });
            if (left) {
                tellDisconnect(reason);
            }
        } else if (leaveNamespace(State.GONE)) {
            tellDisconnect(reason);
        }
        state = State.GONE;
        if (last == State.ENTERING) {
            namespace.guestGoes();
        } else {
            namespace.vanishIfEmpty();
        }
    }

    private boolean leaveNamespace(State next) {
        boolean was = namespace.onceFor(this, () -> {
            boolean connected = state == State.CONNECTED;
            if (connected) {
                state = next;
            }
            return connected;
        });
        if (was) {
            namespace.remove(this);
            PendingAcks pending = acks;
            if (pending != null) {
                pending.disconnected();
            }
        }
        return was;
    }

    private void tellDisconnect(DisconnectReason reason) {
        SocketIoServer server = namespace.server();
        List<Consumer<DisconnectReason>> listeners = disconnectHandlers;
        if (listeners != null) {
            listeners.forEach(listener -> server.guard(() -> listener.accept(reason)));
        }
        namespace.disconnected(this, reason);
    }

    int weight() {
        Map<String, Object> map = data;
        return 300 + auth.weight() + (int) mailbox.bytes() + (map == null ? 0 : 100 * map.size());
    }

    /** Its id and namespace. */
    @Override
    public String toString() {
        return "socket " + id + " of " + namespace.name();
    }

    private enum NoAck implements Ack {
        INSTANCE;

        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public void send(Object... values) {}
    }

    private static final class Answer implements Ack {
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
            boolean first = socket.namespace.onceFor(socket, () -> {
                boolean fresh = !given;
                given = true;
                return fresh;
            });
            if (first) {
                socket.answer(id, values);
            }
        }
    }
}
