package dev.weir.socketio.redis;

import dev.weir.socketio.Adapter;
import dev.weir.socketio.AdapterContext;
import dev.weir.socketio.AdapterFactory;
import dev.weir.socketio.ClusterException;
import dev.weir.socketio.codec.MalformedPacketException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes several servers one, over a stream of Redis 6.2 or later. Servers of Node.js with
 * {@code @socket.io/redis-streams-adapter} 0.3 may be among them. Make one for each server, with a client that
 * reconnects by itself (Lettuce's default), and close it after the server.
 *
 * <pre>{@code
 * RedisStreams streams = RedisStreams.builder(client, RedisURI.create("redis://127.0.0.1")).connect();
 * SocketIoServer server = SocketIoServer.builder().adapter(streams).start();
 * }</pre>
 *
 * <p>While Redis is gone, what is sent reaches the sockets of this server, an alert {@value #ALERT} is open, and a bounded
 * backlog waits for the other servers. Safe for all threads.
 */
public final class RedisStreams implements AdapterFactory, AutoCloseable {

    /** The alert that Redis is gone. */
    public static final String ALERT = "redis-streams-down";

    private static final long TICK_MILLIS = 100;
    private static final int MAX_INBOX = 10_000;
    private static final long MAX_INBOX_BYTES = 16L << 20;
    private static final int MAX_OUTGOING = 10_000;
    private static final int MAX_SERVERS = 1_000;

    private final StreamsSettings settings;
    private final StreamsCounters counters = new StreamsCounters();
    private final ReentrantLock delivering = new ReentrantLock();
    private final ScheduledThreadPoolExecutor worker;
    private final RedisLink link;
    private final Outbox outbox;
    private final StreamReader reader;
    private final Map<String, StreamsAdapter> adapters = new ConcurrentHashMap<>();
    private final Map<String, StreamsAdapter> channels = new ConcurrentHashMap<>();
    private final AtomicInteger inbox = new AtomicInteger();
    private final AtomicLong inboxBytes = new AtomicLong();
    private final AtomicInteger outgoing = new AtomicInteger();
    private volatile @Nullable AdapterContext herald;

    // On the worker.
    private @Nullable CompletableFuture<String> probe;
    private long probedAt;
    private long goneAt;

    RedisStreams(RedisClient client, RedisURI uri, StreamsSettings settings) {
        this.settings = settings;
        worker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(null, task, "weir-socketio-redis", 0, false);
            thread.setDaemon(true);
            return thread;
        });
        worker.setRemoveOnCancelPolicy(true);
        link = new RedisLink(client, uri, settings, this::published);
        outbox = new Outbox(link, settings, counters, delivering, this::failed);
        reader = new StreamReader(link, worker, delivering, this::take);
        reader.start();
        var unused = worker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Configures one. */
    public static RedisStreamsBuilder builder(RedisClient client, RedisURI uri) {
        return new RedisStreamsBuilder(client, uri);
    }

    /**
     * Makes the adapter of a namespace; a server calls it.
     *
     * @throws IllegalStateException if another server uses it already
     */
    @Override
    public Adapter create(AdapterContext namespace) {
        StreamsAdapter adapter = new StreamsAdapter(this, namespace);
        if (adapters.putIfAbsent(namespace.name(), adapter) != null) {
            throw new IllegalStateException(
                    "the namespace " + namespace.name() + " is connected already: make a RedisStreams for each server");
        }
        if (herald == null) {
            herald = namespace;
        }
        channels.put(adapter.publicChannel(), adapter);
        channels.put(adapter.privateChannel(), adapter);
        link.subscribe(adapter.publicChannel(), adapter.privateChannel());
        return adapter;
    }

    void remove(StreamsAdapter adapter) {
        adapters.remove(adapter.namespace(), adapter);
        channels.remove(adapter.publicChannel(), adapter);
        channels.remove(adapter.privateChannel(), adapter);
        link.unsubscribe(adapter.publicChannel(), adapter.privateChannel());
    }

    // What comes

    private void take(StreamId id, Map<String, byte[]> fields) {
        counters.read.increment();
        guarded(() -> {
            StreamsAdapter adapter =
                    fields == null ? null : adapters.get(MessageFormat.text(fields, MessageFormat.NAMESPACE));
            if (adapter != null) {
                adapter.take(id, fields);
            }
        });
    }

    private void published(String channel, byte[] message) {
        if (inbox.incrementAndGet() > MAX_INBOX || inboxBytes.addAndGet(message.length) > MAX_INBOX_BYTES) {
            counters.dropped.increment();
            leaveInbox(message);
            return;
        }
        try {
            worker.execute(() -> {
                leaveInbox(message);
                StreamsAdapter adapter = channels.get(channel);
                if (adapter != null) {
                    guarded(() -> adapter.hear(message));
                }
            });
        } catch (RejectedExecutionException closed) {
            leaveInbox(message);
        }
    }

    private void leaveInbox(byte[] message) {
        inbox.decrementAndGet();
        inboxBytes.addAndGet(-message.length);
    }

    private interface Step {
        void run() throws MalformedPacketException;
    }

    /** What others say cannot hurt: it is counted and passed over. */
    private void guarded(Step step) {
        try {
            step.run();
        } catch (MalformedPacketException | RuntimeException | StackOverflowError bad) {
            counters.malformed.increment();
        }
    }

    // What goes

    StreamsSettings settings() {
        return settings;
    }

    StreamsCounters counters() {
        return counters;
    }

    Outbox outbox() {
        return outbox;
    }

    RedisLink link() {
        return link;
    }

    ReentrantLock delivering() {
        return delivering;
    }

    StreamReader reader() {
        return reader;
    }

    ScheduledThreadPoolExecutor worker() {
        return worker;
    }

    /** Sends what is not in the stream; dropped, and counted, if Redis is gone or too much is under way. */
    boolean send(java.util.function.Supplier<CompletionStage<?>> command) {
        if (!outbox.isOnline() || outgoing.incrementAndGet() > MAX_OUTGOING) {
            counters.dropped.increment();
            return false;
        }
        command.get().whenComplete((done, failure) -> {
            outgoing.decrementAndGet();
            if (failure != null) {
                counters.dropped.increment();
            }
        });
        return true;
    }

    CompletionStage<Integer> servers(String channel) {
        if (!outbox.isOnline()) {
            return CompletableFuture.failedFuture(unreachable());
        }
        return link.subscribers(channel)
                .toCompletableFuture()
                .orTimeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((counts, failure) -> {
                    if (failure != null || counts == null) {
                        throw unreachable();
                    }
                    return (int) Math.max(1, Math.min(MAX_SERVERS, counts.getOrDefault(channel, 1L)));
                });
    }

    static ClusterException unreachable() {
        return new ClusterException(
                "Redis cannot be reached, so other servers cannot be asked: ask this server alone with local()");
    }

    // Whether Redis is there

    private void tick() {
        long now = System.nanoTime();
        if (outbox.isLate()) {
            gone("nothing comes back from the stream within " + settings.writeTimeout());
        }
        CompletableFuture<String> asked = probe;
        if (asked == null) {
            probe = link.ping().toCompletableFuture();
            probedAt = now;
        } else if (asked.isDone()) {
            boolean answered = !asked.isCompletedExceptionally();
            probe = null;
            if (answered && link.isOpen() && !outbox.isOnline()) {
                back(now);
            }
        } else if (now - probedAt > settings.writeTimeout().toNanos()) {
            gone("no answer within " + settings.writeTimeout());
        }
        if (!link.isOpen()) {
            gone("the connection is lost");
        }
    }

    private void failed(String why) {
        try {
            worker.execute(() -> gone(why));
        } catch (RejectedExecutionException closed) {
            counters.dropped.increment();
        }
    }

    private void gone(String why) {
        outbox.goOffline();
        if (goneAt == 0) {
            goneAt = Math.max(1, System.nanoTime());
            counters.outages.increment();
            AdapterContext teller = herald;
            if (teller != null) {
                teller.raiseAlert(
                        ALERT, "Redis is gone: " + why + "; what is sent reaches the sockets of this server only");
            }
        }
    }

    private void back(long now) {
        outbox.goOnline();
        AdapterContext teller = herald;
        if (teller != null) {
            teller.clearAlert(ALERT, Math.max(0, now - goneAt));
        }
        goneAt = 0;
    }

    /** What has been done so far. */
    public RedisStreamsStatistics statistics() {
        return new RedisStreamsStatistics(
                outbox.isOnline(),
                counters.written.sum(),
                counters.read.sum(),
                outbox.backlog(),
                counters.dropped.sum(),
                counters.tooLarge.sum(),
                counters.malformed.sum(),
                counters.outages.sum());
    }

    /** Leaves the other servers; the client stays open. May be called again. */
    @Override
    public void close() {
        reader.close();
        worker.shutdownNow();
        link.close();
    }

    /** The stream's key. */
    @Override
    public String toString() {
        return "Redis stream " + settings.stream();
    }
}
