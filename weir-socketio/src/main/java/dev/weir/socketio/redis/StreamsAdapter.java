package dev.weir.socketio.redis;

import dev.weir.socketio.Ack;
import dev.weir.socketio.Adapter;
import dev.weir.socketio.AdapterContext;
import dev.weir.socketio.AnswerListener;
import dev.weir.socketio.BroadcastAnswers;
import dev.weir.socketio.ClusterException;
import dev.weir.socketio.Overflow;
import dev.weir.socketio.RemoteSocket;
import dev.weir.socketio.RestoredSession;
import dev.weir.socketio.SavedSession;
import dev.weir.socketio.Target;
import dev.weir.socketio.codec.Arguments;
import dev.weir.socketio.codec.MalformedPacketException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A namespace on several servers. */
final class StreamsAdapter implements Adapter {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final long EVENT = 2;

    private final RedisStreams streams;
    private final AdapterContext context;
    private final Adapter local;
    private final MessageFormat format;
    private final Requests requests;
    private final RemoteQuestions questions;
    private final Sessions sessions;
    private final boolean recovers;
    private final String uid = randomId();
    private final String publicChannel;
    private final String privateChannel;

    StreamsAdapter(RedisStreams streams, AdapterContext context) {
        this.streams = streams;
        this.context = context;
        this.local = context.local();
        this.format = new MessageFormat(context.json());
        this.requests = new Requests(streams.worker(), streams.settings().maxRequests());
        this.publicChannel = streams.settings().channelPrefix() + "#" + context.name() + "#";
        this.privateChannel = publicChannel + uid + "#";
        this.recovers = !context.recoveryAge().isZero();
        this.questions = new RemoteQuestions(this, requests, context);
        this.sessions = new Sessions(streams, context, format);
    }

    static String randomId() {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    String namespace() {
        return context.name();
    }

    String publicChannel() {
        return publicChannel;
    }

    String privateChannel() {
        return privateChannel;
    }

    RedisStreams streams() {
        return streams;
    }

    // To the others, by the stream

    @Override
    public void broadcast(List<@Nullable Object> event, Target target, Overflow overflow, @Nullable String key) {
        if (target.local()) {
            local.broadcast(event, target, overflow, key);
            return;
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("packet", packet(event));
        data.put("opts", new Addressing(target, overflow, key, null).toOptions());
        write(
                MessageType.BROADCAST,
                data,
                recovers && !target.isVolatile(),
                !target.isVolatile(),
                id -> deliver(id, event, target, overflow, key));
    }

    Map<String, @Nullable Object> packet(List<@Nullable Object> event) {
        Map<String, @Nullable Object> packet = new LinkedHashMap<>();
        packet.put("type", EVENT);
        packet.put("data", event);
        packet.put("nsp", context.name());
        return packet;
    }

    /** With the lock of deliveries, if the event has an id. */
    private void deliver(
            @Nullable StreamId id,
            List<@Nullable Object> event,
            Target target,
            Overflow overflow,
            @Nullable String key) {
        if (id == null || !recovers || target.isVolatile()) {
            local.broadcast(event, target, overflow, key);
            return;
        }
        List<@Nullable Object> withOffset = new ArrayList<>(event);
        withOffset.add(id.toString());
        local.broadcast(withOffset, sessions.withoutThoseAhead(target, id), overflow, key);
    }

    @Override
    public void join(Target target, Collection<String> rooms) {
        act(MessageType.SOCKETS_JOIN, target, "rooms", List.copyOf(rooms), () -> local.join(target, rooms));
    }

    @Override
    public void leave(Target target, Collection<String> rooms) {
        act(MessageType.SOCKETS_LEAVE, target, "rooms", List.copyOf(rooms), () -> local.leave(target, rooms));
    }

    @Override
    public void disconnect(Target target, boolean close) {
        act(MessageType.DISCONNECT_SOCKETS, target, "close", close, () -> local.disconnect(target, close));
    }

    private void act(MessageType type, Target target, String name, Object value, Runnable here) {
        if (target.local()) {
            here.run();
            return;
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("opts", Addressing.of(target).toOptions());
        data.put(name, value);
        write(type, data, recovers, true, id -> here.run());
    }

    /** In order with all else, if events have offsets; else what is for here need not wait for Redis. */
    private void write(
            MessageType type,
            Map<String, @Nullable Object> data,
            boolean ordered,
            boolean lasting,
            Consumer<@Nullable StreamId> here) {
        Map<String, byte[]> fields = format.toFields(new ClusterMessage(uid, context.name(), type, data));
        if (!ordered) {
            here.accept(null);
        }
        streams.outbox()
                .write(
                        fields,
                        id -> {
                            if (ordered) {
                                here.accept(id);
                            }
                        },
                        lasting);
    }

    /** Takes an entry of the stream. */
    void take(StreamId id, Map<String, byte[]> fields) throws MalformedPacketException {
        sessions.passed(id);
        if (MessageFormat.text(fields, MessageFormat.UID).equals(uid)) {
            if (fields.containsKey(Outbox.NUMBER)) {
                streams.outbox().readBack(Long.parseLong(MessageFormat.text(fields, Outbox.NUMBER)), id);
            }
            return;
        }
        ClusterMessage message = format.fromFields(fields);
        if (message != null) {
            obey(message, id);
        }
    }

    private void obey(ClusterMessage message, StreamId id) throws MalformedPacketException {
        Map<String, @Nullable Object> data = message.data();
        switch (message.type()) {
            case BROADCAST -> {
                Addressing to = Addressing.from(data.get("opts"));
                deliver(id, event(data), to.target(), to.policy(), to.keyOfPolicy());
            }
            case SOCKETS_JOIN -> local.join(target(data), Values.texts(data.get("rooms"), "rooms"));
            case SOCKETS_LEAVE -> local.leave(target(data), Values.texts(data.get("rooms"), "rooms"));
            case DISCONNECT_SOCKETS -> local.disconnect(target(data), Values.isTrue(data.get("close")));
            default -> throw new MalformedPacketException("a message that does not belong into the stream");
        }
    }

    private static Target target(Map<String, @Nullable Object> data) throws MalformedPacketException {
        return Addressing.from(data.get("opts")).target();
    }

    /** The event in a packet: a list that begins with a name. */
    static List<@Nullable Object> event(Map<String, @Nullable Object> data) throws MalformedPacketException {
        Map<String, @Nullable Object> packet = Values.map(data.get("packet"), "packet");
        if (Values.number(packet.get("type"), "a packet's type") != EVENT) {
            throw new MalformedPacketException("a packet that is no event");
        }
        return named(Values.list(packet.get("data"), "a packet's data"));
    }

    private static List<@Nullable Object> named(List<@Nullable Object> event) throws MalformedPacketException {
        if (event.isEmpty() || !(event.get(0) instanceof String)) {
            throw new MalformedPacketException("an event without a name");
        }
        return event;
    }

    // Questions, by publish and subscribe

    /** Takes what was published. */
    void hear(byte[] bytes) throws MalformedPacketException {
        ClusterMessage message = MessageFormat.fromBytes(bytes);
        if (message == null || message.uid().equals(uid) || !message.namespace().equals(context.name())) {
            return;
        }
        Map<String, @Nullable Object> data = message.data();
        String request = message.requestId();
        switch (message.type()) {
            case BROADCAST -> {
                if (request == null) {
                    throw new MalformedPacketException("a broadcast that belongs into the stream");
                }
                Addressing to = Addressing.from(data.get("opts"));
                Duration timeout = to.timeout() == null ? ANSWER_TIMEOUT : to.timeout();
                local.broadcastWithAck(
                        event(data), to.target(), to.policy(), timeout, questions.answering(message.uid(), request));
            }
            case FETCH_SOCKETS -> {
                if (request == null) {
                    throw new MalformedPacketException("a question without a requestId");
                }
                local.fetch(target(data)).thenAccept(found -> questions.tellSockets(message.uid(), request, found));
            }
            case SERVER_SIDE_EMIT -> {
                List<@Nullable Object> event = named(Values.list(data.get("packet"), "packet"));
                Ack ack = request == null ? NoAnswer.INSTANCE : questions.answer(message.uid(), request);
                context.receiveServerSide(event, ack);
            }
            default -> requests.answer(message);
        }
    }

    boolean ask(MessageType type, Map<String, @Nullable Object> data) {
        byte[] bytes = format.toBytes(new ClusterMessage(uid, context.name(), type, data));
        return streams.send(() -> streams.link().publish(publicChannel, bytes));
    }

    void answer(String to, MessageType type, Map<String, @Nullable Object> data) {
        byte[] bytes = format.toBytes(new ClusterMessage(uid, context.name(), type, data));
        streams.send(() -> streams.link().publish(publicChannel + to + "#", bytes));
    }

    @Override
    public void broadcastWithAck(
            List<@Nullable Object> event, Target target, Overflow overflow, Duration timeout, AnswerListener listener) {
        if (!target.local()) {
            questions.broadcast(event, target, overflow, timeout, listener);
        }
        local.broadcastWithAck(event, target, overflow, timeout, listener);
    }

    @Override
    public CompletionStage<List<RemoteSocket>> fetch(Target target) {
        CompletionStage<List<RemoteSocket>> here = local.fetch(target);
        if (target.local()) {
            return here;
        }
        return servers()
                .thenCompose(count ->
                        here.thenCompose(found -> count <= 1 ? here : questions.fetch(target, found, count - 1)));
    }

    @Override
    public void serverSideEmit(List<@Nullable Object> event) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("packet", event);
        ask(MessageType.SERVER_SIDE_EMIT, data);
    }

    @Override
    public CompletionStage<BroadcastAnswers> serverSideEmitWithAck(List<@Nullable Object> event, Duration timeout) {
        return servers()
                .thenCompose(count -> count <= 1
                        ? CompletableFuture.completedFuture(new BroadcastAnswers(List.of(), 0))
                        : questions.serverSide(event, count - 1, timeout));
    }

    @Override
    public CompletionStage<Integer> servers() {
        return streams.servers(publicChannel);
    }

    Arguments arguments(@Nullable Object value) {
        List<@Nullable Object> one = new ArrayList<>(1);
        one.add(value);
        return Arguments.of(one, context.json());
    }

    static ClusterException tooMany() {
        return new ClusterException(
                "too many questions to other servers are open: ask less often, or raise maxRequests of RedisStreams");
    }

    // Sessions

    @Override
    public boolean keepsSessions() {
        return true;
    }

    @Override
    public void save(SavedSession session) {
        sessions.save(session);
    }

    @Override
    public CompletionStage<Boolean> restore(String pid, String offset, Predicate<RestoredSession> entering) {
        return sessions.restore(pid, offset, entering);
    }

    @Override
    public void close() {
        streams.remove(this);
        local.close();
    }

    private enum NoAnswer implements Ack {
        INSTANCE;

        @Override
        public boolean isWanted() {
            return false;
        }

        @Override
        public void send(Object... values) {}
    }
}
