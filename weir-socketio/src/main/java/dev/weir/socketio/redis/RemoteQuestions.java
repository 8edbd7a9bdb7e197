package dev.weir.socketio.redis;

import dev.weir.socketio.Ack;
import dev.weir.socketio.AdapterContext;
import dev.weir.socketio.AnswerListener;
import dev.weir.socketio.BroadcastAnswers;
import dev.weir.socketio.ClusterException;
import dev.weir.socketio.Overflow;
import dev.weir.socketio.RemoteSocket;
import dev.weir.socketio.Target;
import dev.weir.socketio.codec.Arguments;
import dev.weir.socketio.codec.MalformedPacketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a namespace asks the other servers, and how it answers them. */
final class RemoteQuestions {

    private static final int MAX_SOCKETS = 100_000;

    private final StreamsAdapter adapter;
    private final Requests requests;
    private final AdapterContext context;

    RemoteQuestions(StreamsAdapter adapter, Requests requests, AdapterContext context) {
        this.adapter = adapter;
        this.requests = requests;
        this.context = context;
    }

    private static Map<String, @Nullable Object> about(String request) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("requestId", request);
        return data;
    }

    // Asking

    /** The listener is told that it is over when the time is. */
    void broadcast(
            List<@Nullable Object> event, Target target, Overflow overflow, Duration timeout, AnswerListener listener) {
        String id = StreamsAdapter.randomId();
        Requests.Request request = new Requests.Request() {
            @Override
            public boolean answer(ClusterMessage message) throws MalformedPacketException {
                if (message.type() == MessageType.BROADCAST_CLIENT_COUNT) {
                    long count = Values.number(message.data().get("clientCount"), "clientCount");
                    listener.asked((int) Math.max(0, Math.min(Integer.MAX_VALUE / 2, count)));
                } else if (message.type() == MessageType.BROADCAST_ACK) {
                    listener.answered(adapter.arguments(message.data().get("packet")));
                }
                return false;
            }

            @Override
            public void timeIsOver() {
                listener.over();
            }
        };
        Map<String, @Nullable Object> data = about(id);
        data.put("packet", adapter.packet(event));
        data.put("opts", new Addressing(target, overflow, null, timeout).toOptions());
        if (requests.add(id, request, timeout)) {
            adapter.ask(MessageType.BROADCAST, data);
        }
    }

    CompletionStage<List<RemoteSocket>> fetch(Target target, List<RemoteSocket> here, int servers) {
        String id = StreamsAdapter.randomId();
        List<RemoteSocket> all = new ArrayList<>(here);
        CompletableFuture<List<RemoteSocket>> result = new CompletableFuture<>();
        // Answers come on the worker, one after the other, and so does the end of the time.
        Requests.Request request = new Requests.Request() {
            private int missing = servers;

            @Override
            public boolean answer(ClusterMessage message) throws MalformedPacketException {
                if (message.type() != MessageType.FETCH_SOCKETS_RESPONSE) {
                    return false;
                }
                for (Object socket : Values.list(message.data().get("sockets"), "sockets")) {
                    if (all.size() < MAX_SOCKETS) {
                        all.add(socket(Values.map(socket, "a socket")));
                    }
                }
                if (--missing > 0) {
                    return false;
                }
                result.completeAsync(() -> List.copyOf(all), context.executor());
                return true;
            }

            @Override
            public void timeIsOver() {
                fail(result, missing + " of " + servers + " other servers did not answer in time");
            }
        };
        Map<String, @Nullable Object> data = about(id);
        data.put("opts", Addressing.of(target).toOptions());
        Duration timeout = adapter.streams().settings().requestTimeout();
        if (!requests.add(id, request, timeout)) {
            result.completeExceptionally(StreamsAdapter.tooMany());
        } else {
            adapter.ask(MessageType.FETCH_SOCKETS, data);
        }
        return result;
    }

    private void fail(CompletableFuture<?> result, String why) {
        context.executor().execute(() -> result.completeExceptionally(new ClusterException(why)));
    }

    private RemoteSocket socket(Map<String, @Nullable Object> map) throws MalformedPacketException {
        Map<String, Object> data = new LinkedHashMap<>();
        if (map.get("data") != null) {
            Values.map(map.get("data"), "a socket's data").forEach((name, value) -> {
                if (value != null) {
                    data.put(name, value);
                }
            });
        }
        Object address = map.get("handshake") instanceof Map<?, ?> handshake ? handshake.get("address") : null;
        return new RemoteSocket(
                Values.text(map.get("id"), "a socket's id"),
                new HashSet<>(Values.texts(map.get("rooms"), "rooms")),
                data,
                address instanceof String text ? text : "");
    }

    CompletionStage<BroadcastAnswers> serverSide(List<@Nullable Object> event, int servers, Duration timeout) {
        String id = StreamsAdapter.randomId();
        List<Arguments> answers = new ArrayList<>();
        CompletableFuture<BroadcastAnswers> result = new CompletableFuture<>();
        Requests.Request request = new Requests.Request() {
            @Override
            public boolean answer(ClusterMessage message) {
                if (message.type() != MessageType.SERVER_SIDE_EMIT_RESPONSE) {
                    return false;
                }
                answers.add(adapter.arguments(message.data().get("packet")));
                if (answers.size() < servers) {
                    return false;
                }
                timeIsOver();
                return true;
            }

            @Override
            public void timeIsOver() {
                BroadcastAnswers all = new BroadcastAnswers(answers, servers);
                result.completeAsync(() -> all, context.executor());
            }
        };
        Map<String, @Nullable Object> data = about(id);
        data.put("packet", event);
        if (!requests.add(id, request, timeout)) {
            result.completeExceptionally(StreamsAdapter.tooMany());
        } else {
            adapter.ask(MessageType.SERVER_SIDE_EMIT, data);
        }
        return result;
    }

    // Answering

    AnswerListener answering(String uid, String request) {
        return new AnswerListener() {
            @Override
            public void asked(int sockets) {
                Map<String, @Nullable Object> data = about(request);
                data.put("clientCount", sockets);
                adapter.answer(uid, MessageType.BROADCAST_CLIENT_COUNT, data);
            }

            @Override
            public void answered(Arguments answer) {
                Map<String, @Nullable Object> data = about(request);
                data.put("packet", answer.get(0, Object.class));
                adapter.answer(uid, MessageType.BROADCAST_ACK, data);
            }

            @Override
            public void unanswered() {}

            @Override
            public void over() {}
        };
    }

    void tellSockets(String uid, String request, List<RemoteSocket> found) {
        List<Object> sockets = new ArrayList<>();
        for (RemoteSocket socket : found) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("id", socket.id());
            // Headers and auth may hold secrets, and stay here.
            told.put("handshake", Map.of("address", socket.address(), "headers", Map.of(), "query", Map.of()));
            told.put("rooms", List.copyOf(socket.rooms()));
            told.put("data", socket.data());
            sockets.add(told);
        }
        Map<String, @Nullable Object> data = about(request);
        data.put("sockets", sockets);
        adapter.answer(uid, MessageType.FETCH_SOCKETS_RESPONSE, data);
    }

    Ack answer(String uid, String request) {
        AtomicBoolean given = new AtomicBoolean();
        return new Ack() {
            @Override
            public boolean isWanted() {
                return true;
            }

            @Override
            public void send(Object... values) {
                if (given.compareAndSet(false, true)) {
                    Map<String, @Nullable Object> data = about(request);
                    data.put("packet", values.length == 0 ? null : values[0]);
                    adapter.answer(uid, MessageType.SERVER_SIDE_EMIT_RESPONSE, data);
                }
            }
        };
    }
}
