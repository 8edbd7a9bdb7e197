package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client in a namespace. Safe for all threads; nothing here blocks. Its handlers are called on a handler thread, one
 * after the other in the order the client sent the events, and may block: then the client's further events wait, and
 * beyond a bound the client is not read.
 */
public final class Socket {

    enum State {
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
    private volatile @Nullable SocketHandlers handlers;
    private volatile @Nullable Admittance admittance;

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

    /**
     * What all sockets of its connection share, and no other: a digest of the session's id, which is a secret and cannot
     * be found by it.
     */
    public String clientId() {
        return Ids.digest(client.session().sid());
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

    /** A copy of what the application remembers of it; unlike {@link #data} it makes nothing. */
    public Map<String, Object> dataNow() {
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
        return listen(handlers -> handlers.add(event, handler));
    }

    /** Handles an event once: only the next one. */
    public Socket once(String event, ArgumentsHandler handler) {
        return on(event, new ArgumentsHandler() {
            @Override
            public void handle(Arguments arguments, Ack ack) throws Exception {
                listen(handlers -> handlers.remove(event, this));
                handler.handle(arguments, ack);
            }
        });
    }

    /** Removes the handlers of an event. */
    public Socket off(String event) {
        return listen(handlers -> handlers.removeAll(event));
    }

    /** Sees every event that comes, before its handlers. */
    public Socket onAny(AnyHandler handler) {
        return listen(handlers -> handlers.addAny(handler));
    }

    /** Sees every event that is sent to this socket alone; its {@link Ack} is never wanted. */
    public Socket onAnyOutgoing(AnyHandler handler) {
        return listen(handlers -> handlers.addOutgoing(handler));
    }

    /** Hears that it has left the namespace, after all its events. */
    public Socket onDisconnect(Consumer<DisconnectReason> handler) {
        return listen(handlers -> handlers.addDisconnect(handler));
    }

    private Socket listen(Consumer<SocketHandlers> change) {
        return namespace.onceFor(this, () -> {
            SocketHandlers all = handlers == null ? new SocketHandlers() : handlers;
            change.accept(all);
            handlers = all;
            return this;
        });
    }

    SocketHandlers handlers() {
        SocketHandlers all = handlers;
        return all == null ? SocketHandlers.NONE : all;
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
        return namespace.exchange().emit(this, Sending.PLAIN, event, arguments);
    }

    /**
     * Sends an event and waits for the answer.
     *
     * @return completes on a handler thread with the answer, or with an {@link AckException}
     * @throws IllegalArgumentException as {@link #emit}
     */
    public CompletionStage<Arguments> emitWithAck(String event, Object... arguments) {
        return namespace.exchange().emitWithAck(this, Sending.PLAIN, event, arguments);
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
        return isConnected() && client.session().outbound().isWritable();
    }

    /** Completes when {@link #isWritable} may be true again, or the client is gone. */
    public CompletionStage<Void> whenWritable() {
        return client.session().outbound().whenWritable();
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

    // Life

    /** Disconnects it from this namespace; the connection and its other namespaces stay. */
    public void disconnect() {
        namespace.membership().sendAway(this);
    }

    /** Disconnects it from all namespaces and closes the connection, if {@code close}; else as {@link #disconnect()}. */
    public void disconnect(boolean close) {
        if (close) {
            client.close();
        } else {
            disconnect();
        }
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    boolean wasSentAway() {
        return state == State.SENT_AWAY;
    }

    /** It can be recovered by this. */
    void recoverable(String secret) {
        recoveryId = secret;
    }

    /** It is who it was. */
    void recover(Recovery.Saved saved) {
        id = saved.id();
        recoveryId = saved.recoveryId();
        recovered = true;
        data().putAll(saved.data());
    }

    Arguments auth() {
        return auth;
    }

    /** The answers that it owes; {@code null}: never asked for any. */
    @Nullable PendingAcks acksNow() {
        return acks;
    }

    PendingAcks acks() {
        PendingAcks pending = acks;
        return pending != null
                ? pending
                : namespace.onceFor(this, () -> {
                    PendingAcks made = acks == null ? new PendingAcks() : acks;
                    acks = made;
                    return made;
                });
    }

    /** What it waits for while a middleware decides; {@code null}: nothing. */
    void admittance(@Nullable Admittance way) {
        admittance = way;
    }

    /** Ends what has waited too long. Returns when to come again. */
    long tend(long now) {
        Admittance way = admittance;
        long next = way == null ? Long.MAX_VALUE : way.tend(now);
        PendingAcks pending = acks;
        return pending == null
                ? next
                : Math.min(next, pending.tend(now, namespace.server().counters().ackTimeouts::increment));
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
}
