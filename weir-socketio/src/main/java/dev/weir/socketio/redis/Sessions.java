package dev.weir.socketio.redis;

import dev.weir.socketio.AdapterContext;
import dev.weir.socketio.RestoredSession;
import dev.weir.socketio.SavedSession;
import dev.weir.socketio.Target;
import dev.weir.socketio.codec.MalformedPacketException;
import dev.weir.socketio.codec.MsgpackTrees;
import io.lettuce.core.StreamMessage;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What clients were, in Redis; what they have missed is in the stream. A client that comes back is let in between two
 * deliveries: it has then got everything up to some entry, which may be ahead of what this server has read, and is left
 * out of deliveries until that entry.
 */
final class Sessions {

    private static final int MAX_AT_ONCE = 256;
    private static final int MAX_RANGES = 100;
    private static final int RANGE = 200;
    private static final int LONGEST_PID = 128;

    private final RedisStreams streams;
    private final AdapterContext context;
    private final MessageFormat format;
    private final AtomicInteger restoring = new AtomicInteger();

    /** Sockets that have got what is yet to be read, and up to where. Guarded by the lock of deliveries. */
    private final Map<String, StreamId> ahead = new HashMap<>();

    Sessions(RedisStreams streams, AdapterContext context, MessageFormat format) {
        this.streams = streams;
        this.context = context;
        this.format = format;
    }

    void save(SavedSession session) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("sid", session.id());
        map.put("pid", session.pid());
        map.put("rooms", List.copyOf(session.rooms()));
        map.put("data", session.data());
        byte[] text =
                Base64.getEncoder().encode(MsgpackTrees.write(context.json().toTree(map)));
        String key = streams.settings().sessionPrefix() + session.pid();
        streams.send(() -> streams.link().set(key, text, context.recoveryAge()));
    }

    /** With the lock of deliveries. */
    Target withoutThoseAhead(Target target, StreamId id) {
        if (ahead.isEmpty()) {
            return target;
        }
        Set<String> except = new HashSet<>(target.except());
        ahead.forEach((socket, until) -> {
            if (id.compareTo(until) <= 0) {
                except.add(socket);
            }
        });
        return new Target(target.rooms(), except, target.isVolatile(), target.local());
    }

    /** An entry is about to be taken. With the lock of deliveries. */
    void passed(StreamId id) {
        if (!ahead.isEmpty()) {
            ahead.values().removeIf(until -> id.compareTo(until) > 0);
        }
    }

    CompletionStage<Boolean> restore(String pid, String offset, Predicate<RestoredSession> entering) {
        StreamId from = StreamId.parse(offset);
        if (from == null || pid.length() > LONGEST_PID || !streams.outbox().isOnline()) {
            return CompletableFuture.completedFuture(false);
        }
        if (restoring.incrementAndGet() > MAX_AT_ONCE) {
            restoring.decrementAndGet();
            return CompletableFuture.completedFuture(false);
        }
        CompletableFuture<List<StreamMessage<String, byte[]>>> there =
                streams.link().range(from, 1).toCompletableFuture();
        return streams.link()
                .take(streams.settings().sessionPrefix() + pid)
                .toCompletableFuture()
                .orTimeout(streams.settings().requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenCombine(there, (text, entries) -> {
                    boolean kept = !entries.isEmpty()
                            && from.toString().equals(entries.get(0).getId());
                    return text == null || !kept ? null : new Return(read(text), from, entering);
                })
                .thenComposeAsync(
                        found -> found == null ? CompletableFuture.completedFuture(false) : found.further(),
                        streams.worker())
                .orTimeout(streams.settings().requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((in, failure) -> {
                    restoring.decrementAndGet();
                    return failure == null && in;
                });
    }

    private static SavedSession read(byte[] text) {
        try {
            Map<String, @Nullable Object> map = Values.map(
                    MsgpackTrees.read(Base64.getDecoder().decode(text)).tree(), "a session");
            Map<String, Object> data = new HashMap<>();
            if (map.get("data") != null) {
                Values.map(map.get("data"), "data").forEach((name, value) -> {
                    if (value != null) {
                        data.put(name, value);
                    }
                });
            }
            return new SavedSession(
                    Values.text(map.get("sid"), "sid"),
                    Values.text(map.get("pid"), "pid"),
                    new HashSet<>(Values.texts(map.get("rooms"), "rooms")),
                    data);
        } catch (MalformedPacketException bad) {
            throw new IllegalArgumentException(bad);
        }
    }

    /** One client on its way back. On the worker. */
    private final class Return {
        private final SavedSession session;
        private final Predicate<RestoredSession> entering;
        private final List<List<@Nullable Object>> missed = new ArrayList<>();
        private StreamId last;
        private int ranges;
        private long bytes;

        Return(SavedSession session, StreamId from, Predicate<RestoredSession> entering) {
            this.session = session;
            this.last = from;
            this.entering = entering;
        }

        CompletionStage<Boolean> further() {
            if (++ranges > MAX_RANGES) {
                return CompletableFuture.completedFuture(false);
            }
            StreamId next = new StreamId(last.millis(), last.sequence() + 1);
            return streams.link().range(next, RANGE).thenComposeAsync(this::take, streams.worker());
        }

        private CompletionStage<Boolean> take(List<StreamMessage<String, byte[]>> entries) {
            for (StreamMessage<String, byte[]> entry : entries) {
                StreamId id = StreamId.parse(entry.getId());
                if (id != null) {
                    last = id;
                    note(id, entry.getBody());
                }
            }
            if (bytes > context.recoveryBytes()) {
                return CompletableFuture.completedFuture(false);
            }
            if (entries.size() == RANGE) {
                return further();
            }
            streams.delivering().lock();
            try {
                StreamId position = streams.reader().position();
                if (position.compareTo(last) <= 0) {
                    boolean in = entering.test(new RestoredSession(session, missed));
                    if (in && position.compareTo(last) < 0 && ahead.size() < MAX_AT_ONCE * MAX_RANGES) {
                        ahead.put(session.id(), last);
                    }
                    return CompletableFuture.completedFuture(in);
                }
            } finally {
                streams.delivering().unlock();
            }
            return further();
        }

        private void note(StreamId id, Map<String, byte[]> fields) {
            try {
                if (!MessageFormat.text(fields, MessageFormat.NAMESPACE).equals(context.name())) {
                    return;
                }
                ClusterMessage message = format.fromFields(fields);
                if (message == null || message.type() != MessageType.BROADCAST) {
                    return;
                }
                Target target = Addressing.from(message.data().get("opts")).target();
                if (!target.isVolatile() && target.includes(session.id(), session.rooms())) {
                    List<@Nullable Object> event = StreamsAdapter.event(message.data());
                    event.add(id.toString());
                    missed.add(event);
                    fields.values().forEach(value -> bytes += value.length);
                }
            } catch (MalformedPacketException | RuntimeException bad) {
                streams.counters().malformed.increment();
            }
        }
    }
}
