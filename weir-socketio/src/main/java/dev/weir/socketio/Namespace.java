package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import dev.weir.socketio.codec.EventNames;
import dev.weir.socketio.codec.Packet;
import dev.weir.socketio.codec.PacketType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A namespace: its sockets, its rooms, and what is done when somebody comes. Safe for all threads; nothing blocks. */
public final class Namespace {

    private final SocketIoServer server;
    private final String name;
    private final NamespaceHandlers handlers;
    private final boolean dynamic;
    private final LiveMap<Socket> sockets = new LiveMap<>();
    private final Rooms rooms;
    private final @Nullable Recovery recovery;
    private final Adapter adapter;
    private final Membership membership = new Membership(this);
    private final Exchange exchange = new Exchange(this);
    private final AtomicLong ackIds = new AtomicLong();
    /** Clients that are neither in nor turned away. */
    private final AtomicInteger guests = new AtomicInteger();

    Namespace(SocketIoServer server, String name, NamespaceHandlers handlers, boolean dynamic) {
        this.server = server;
        this.name = name;
        this.handlers = handlers;
        this.dynamic = dynamic;
        this.rooms = new Rooms(server.settings().maxRooms, server.observers());
        AdapterFactory factory = server.adapterFactory();
        Adapter local = new LocalAdapter(this);
        this.adapter = factory == null ? local : factory.create(new AdapterContext(this, local));
        boolean own = server.settings().recovers() && !adapter.keepsSessions();
        this.recovery = own ? new Recovery(server.settings()) : null;
    }

    /** Its name, which begins with {@code /}. */
    public String name() {
        return name;
    }

    // Handlers

    /** Asks a middleware before a socket is let in; in the order they were added, before {@link #onConnection}. */
    public Namespace use(Middleware middleware) {
        handlers.use(middleware);
        return this;
    }

    /**
     * The same with a middleware that need not know at once. What takes longer than
     * {@link SocketIoServerBuilder#middlewareTimeout} is a refusal.
     */
    public Namespace useAsync(AsyncMiddleware middleware) {
        handlers.middlewares.add(middleware);
        return this;
    }

    /** Hears of every socket that enters, on a handler thread and before the socket's first event. */
    public Namespace onConnection(Consumer<Socket> handler) {
        handlers.connections.add(handler);
        return this;
    }

    /** Hears of every socket that leaves. */
    public Namespace onDisconnect(BiConsumer<Socket, DisconnectReason> handler) {
        handlers.disconnections.add(handler);
        return this;
    }

    /** Handles an event of any socket, after the socket's own handlers. It costs a socket no memory. */
    public Namespace on(String event, NamespaceHandler handler) {
        requireFree(event);
        handlers.on(event, handler);
        return this;
    }

    /** Handles an event that another server emitted with {@link #serverSideEmit}. */
    public Namespace onServerSide(String event, Consumer<Arguments> handler) {
        return onServerSide(event, (arguments, ack) -> handler.accept(arguments));
    }

    /** The same, and can answer {@link #serverSideEmitWithAck}, with one value. */
    public Namespace onServerSide(String event, ArgumentsHandler handler) {
        handlers.onServerSide(event, handler);
        return this;
    }

    // Sending

    /** Sends an event to everyone in the namespace; as {@link Broadcast#emit}. */
    public void emit(String event, Object... arguments) {
        all().emit(event, arguments);
    }

    /** Sends an event to everyone and gathers the answers; as {@link Broadcast#emitWithAck}. */
    public CompletionStage<BroadcastAnswers> emitWithAck(String event, Object... arguments) {
        return all().emitWithAck(event, arguments);
    }

    /** To everyone: to be narrowed or told how. */
    public Broadcast all() {
        return new Broadcast(this, Set.of(), Set.of(), Sending.PLAIN);
    }

    /** To those in these rooms. */
    public Broadcast to(String... in) {
        return all().to(in);
    }

    /** To everyone but those in these rooms. */
    public Broadcast except(String... in) {
        return all().except(in);
    }

    /** Sends an event to this namespace on the other servers. */
    public void serverSideEmit(String event, Object... arguments) {
        adapter.serverSideEmit(event(event, arguments));
    }

    /**
     * Sends an event to this namespace on the other servers and gathers the answers, one value of each server.
     *
     * @return what had come when all had answered or the time of an answer was over; fails with a
     *     {@link ClusterException} if the other servers cannot be asked
     */
    public CompletionStage<BroadcastAnswers> serverSideEmitWithAck(String event, Object... arguments) {
        return adapter.serverSideEmitWithAck(event(event, arguments), Duration.ofNanos(settings().ackTimeout));
    }

    /** How many servers have this namespace, this one included; fails with a {@link ClusterException} if unknown. */
    public CompletionStage<Integer> servers() {
        return adapter.servers();
    }

    void receiveServerSide(List<@Nullable Object> event, Ack ack) {
        if (!event.isEmpty()) {
            Arguments arguments = asArguments(event.subList(1, event.size()));
            handlers.serverSide
                    .getOrDefault(String.valueOf(event.get(0)), List.of())
                    .forEach(handler ->
                            server.executor().execute(() -> server.guard(() -> handler.handle(arguments, ack))));
        }
    }

    /** The sockets that are in it on this server; a live view. */
    public Collection<Socket> sockets() {
        return Collections.unmodifiableCollection(sockets.values());
    }

    /** The sockets that are in it on all servers, as they are now. */
    public CompletionStage<List<RemoteSocket>> fetchSockets() {
        return all().fetchSockets();
    }

    /** Disconnects everyone; from all namespaces, with their connections, if {@code close}. */
    public void disconnectSockets(boolean close) {
        all().disconnectSockets(close);
    }

    // For the package

    SocketIoServer server() {
        return server;
    }

    Settings settings() {
        return server.settings();
    }

    Adapter adapter() {
        return adapter;
    }

    Membership membership() {
        return membership;
    }

    Exchange exchange() {
        return exchange;
    }

    Rooms rooms() {
        return rooms;
    }

    /** Whether the adapter keeps what clients were. */
    boolean keepsElsewhere() {
        return settings().recovers() && adapter.keepsSessions();
    }

    LiveMap<Socket> live() {
        return sockets;
    }

    @Nullable Recovery recovery() {
        return recovery;
    }

    long nextAckId() {
        return ackIds.getAndIncrement();
    }

    <R> R onceFor(Object thing, Supplier<R> work) {
        return server.stripes().once(thing, work);
    }

    Arguments asArguments(List<@Nullable Object> values) {
        return Arguments.of(values, settings().json);
    }

    /** Sends to one socket; with recovery that is a broadcast to the socket's own room, so that it is kept. */
    boolean sendTo(Socket socket, List<@Nullable Object> event, Delivery delivery) {
        if (!settings().recovers() || delivery.isVolatile()) {
            return socket.client().send(new Packet(PacketType.EVENT, name, Packet.NO_ID, event), delivery);
        }
        Target target = new Target(Set.of(socket.id()), Set.of(), false, !adapter.keepsSessions());
        adapter.broadcast(event, target, delivery.overflow(), delivery.key());
        return true;
    }

    /** Asks the middlewares, in the socket's mailbox; {@code decided} as {@link Admittance} has it. */
    void admit(Socket socket, Consumer<@Nullable ConnectRefusedException> decided) {
        new Admittance(this, socket, handlers.middlewares.iterator(), decided).ask();
    }

    void add(Socket socket) {
        sockets.putIfAbsent(socket.id(), socket);
    }

    void remove(Socket socket) {
        sockets.remove(socket.id(), socket);
        rooms.leaveAll(socket);
    }

    boolean isDynamic() {
        return dynamic;
    }

    void guestComes() {
        guests.incrementAndGet();
    }

    /** A guest is in, or was turned away. */
    void guestGoes() {
        if (dynamic) {
            guests.decrementAndGet();
            vanishIfEmpty();
        }
    }

    /** Somebody has left. Not to be called with the recovery's lock, which is asked for with the server's. */
    void vanishIfEmpty() {
        if (dynamic && isEmpty()) {
            server.known().vanishIfEmpty(this);
        }
    }

    boolean isEmpty() {
        return guests.get() == 0 && sockets.isEmpty() && (recovery == null || recovery.isEmpty());
    }

    void connected(Socket socket) {
        handlers.connections.forEach(handler -> server.guard(() -> handler.accept(socket)));
    }

    void disconnected(Socket socket, DisconnectReason reason) {
        handlers.disconnections.forEach(handler -> server.guard(() -> handler.accept(socket, reason)));
    }

    void dispatch(Socket socket, String event, Arguments arguments, Ack ack) {
        List<NamespaceHandler> of = handlers.events.get(event);
        if (of != null) {
            of.forEach(handler -> server.guard(() -> handler.handle(socket, arguments, ack)));
        }
    }

    void tend(long now) {
        sockets.shrink();
        if (recovery != null) {
            recovery.prune(now);
            vanishIfEmpty();
        }
    }

    void close() {
        adapter.close();
        if (recovery != null) {
            recovery.clear();
        }
    }

    static void requireFree(String event) {
        if (EventNames.isReserved(event)) {
            throw new IllegalArgumentException(
                    "\"" + event + "\" is a name that Socket.IO keeps for itself: give the event another");
        }
    }

    static List<@Nullable Object> event(String event, @Nullable Object... arguments) {
        requireFree(event);
        List<@Nullable Object> list = new ArrayList<>(arguments.length + 1);
        list.add(event);
        list.addAll(Arrays.asList(arguments));
        return list;
    }

    static List<@Nullable Object> list(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    /** Its name and size. */
    @Override
    public String toString() {
        return "namespace " + name + " of " + sockets.size() + " sockets";
    }
}
