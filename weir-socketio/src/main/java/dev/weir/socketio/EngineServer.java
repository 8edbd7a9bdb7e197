package dev.weir.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Engine.IO on Netty: accepts, lets in or refuses, and keeps the sessions. */
final class EngineServer {

    /** Chunks of 512 KiB (pages of 8 KiB, 2⁶ of them): small ones come free again after a flood. */
    static final int PAGE_BYTES = 8192;

    private static final int CHUNK_ORDER = 6;
    private static final int SMALL_CACHE = 64;
    private static final int NORMAL_CACHE = 16;
    private static final long RELIEF_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Settings settings;
    private final Executor executor;
    private final Counters counters = new Counters();
    private final LiveMap<EngineSession> sessions = new LiveMap<>();
    /** Also those that have no id any more but are not over. */
    private final AtomicInteger live = new AtomicInteger();

    private final AtomicInteger channels = new AtomicInteger();
    private final AtomicInteger handshakes = new AtomicInteger();
    private final AddressTable addresses;
    private final ClientAddress clientAddress;
    private final Admission admission;
    private final ServerMemory memory;
    private final MultiThreadIoEventLoopGroup loops;
    private final Map<EventLoop, Warden> wardens = new ConcurrentHashMap<>();
    private final PooledByteBufAllocator allocator;
    private final Outgoing ping;
    private final WebSocketDecoderConfig frames;
    private final @Nullable WebPages pages;
    private final Function<EngineSession, EngineSession.Listener> listeners;
    private final AtomicLong reliefAt;
    private volatile boolean refusing;
    private @Nullable Channel listening;

    EngineServer(Settings settings, Executor executor, Function<EngineSession, EngineSession.Listener> listeners) {
        this.settings = settings;
        this.executor = executor;
        this.listeners = listeners;
        this.addresses = new AddressTable(settings.maxTrackedAddresses, settings.maxConnectionsPerAddress);
        this.clientAddress = new ClientAddress(settings.trustedProxies);
        this.admission = new Admission(this, clientAddress);
        this.reliefAt = new AtomicLong(settings.ticker.nanos() - RELIEF_PAUSE);
        this.memory = new ServerMemory(settings.account, settings.maxServerBytes, this::relieve);
        this.allocator = new PooledByteBufAllocator(
                true, settings.loops, settings.loops, PAGE_BYTES, CHUNK_ORDER, SMALL_CACHE, NORMAL_CACHE, false);
        this.pages = settings.pages == null ? null : new WebPages(settings.pages, executor, counters);
        this.frames = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(settings.maxPayload)
                .allowExtensions(settings.deflate)
                .closeOnProtocolViolation(false)
                .build();
        this.ping = Outgoing.engine("2", allocator, memory);
        this.loops = new MultiThreadIoEventLoopGroup(
                settings.loops,
                new DefaultThreadFactory("weir-socketio-io", true),
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    Settings settings() {
        return settings;
    }

    Counters counters() {
        return counters;
    }

    Executor executor() {
        return executor;
    }

    ServerMemory memory() {
        return memory;
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    AddressTable addresses() {
        return addresses;
    }

    Outgoing ping() {
        return ping;
    }

    /** Reads the frames of a WebSocket. */
    FrameReader newFrameReader() {
        return new FrameReader(frames, memory);
    }

    long now() {
        return settings.ticker.nanos();
    }

    LiveMap<EngineSession> sessions() {
        return sessions;
    }

    @Nullable EngineSession session(String sid) {
        return sessions.get(sid);
    }

    /** Sessions that are not over. */
    int live() {
        return live.get();
    }

    int channels() {
        return channels.get();
    }

    // Connections

    /** Listens. Returns where. */
    InetSocketAddress bind() throws IOException {
        try {
            Channel bound = new Entrance(this, clientAddress).bind(loops);
            listening = bound;
            return (InetSocketAddress) bound.localAddress();
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    /** A connection has come; it counts until {@link #channelGone}. Returns whether it may stay. */
    boolean channelComes() {
        int open = channels.incrementAndGet();
        int trying = handshakes.incrementAndGet();
        boolean welcome =
                trying <= settings.maxHandshakes && open <= 2L * settings.maxConnections + settings.maxHandshakes;
        if (!welcome) {
            handshakes.decrementAndGet();
        }
        return welcome;
    }

    void channelGone() {
        channels.decrementAndGet();
    }

    Admission admission() {
        return admission;
    }

    Warden warden(EventLoop loop) {
        return wardens.computeIfAbsent(loop, created -> new Warden(created, settings.ticker));
    }

    void handshakeOver() {
        handshakes.decrementAndGet();
    }

    // Pages that are not Engine.IO's

    boolean hasPages() {
        return pages != null;
    }

    /** A request for one of them; on the front's loop. */
    void answerPage(HttpFront front, HttpRequest request, @Nullable ByteBuf body) {
        InetAddress peer = front.peer();
        if (peer == null || pages == null) {
            front.closeNow();
        } else if (refusing) {
            front.refuse(Refusal.SHUTTING_DOWN);
        } else {
            InetAddress client = clientAddress.of(peer, request.headers().getAll("x-forwarded-for"));
            pages.answer(front, request, body, client, settings.tls != null);
        }
    }

    // Sessions

    /** A session's place among all, which it has to give back. Returns why there is none, or {@code null}. */
    @Nullable Refusal takePlace() {
        if (live.incrementAndGet() > settings.maxConnections) {
            live.decrementAndGet();
            return Refusal.SERVER_FULL;
        }
        if (!memory.take(EngineSession.CONNECTION_BYTES)) {
            live.decrementAndGet();
            return Refusal.MEMORY;
        }
        return null;
    }

    void givePlaceBack() {
        memory.giveBack(EngineSession.CONNECTION_BYTES);
        live.decrementAndGet();
    }

    EngineSession open(
            String sid, Handshake handshake, AddressTable.Place place, Warden home, @Nullable WebSocketFront socket) {
        EngineSession session = new EngineSession(this, sid, handshake, place, home, socket);
        sessions.putIfAbsent(session.sid(), session);
        session.start(listeners.apply(session));
        counters.opened.increment();
        return session;
    }

    /** The id is nobody's any more. */
    void forget(EngineSession session) {
        sessions.remove(session.sid(), session);
    }

    void finished(EngineSession session, AddressTable.Place place, CloseCause cause) {
        forget(session);
        givePlaceBack();
        addresses.leave(place);
        counters.closed(cause);
    }

    /** Memory is short: the client that has taken nothing for the longest goes. */
    private boolean relieve() {
        long now = now();
        long last = reliefAt.get();
        if (now - last < RELIEF_PAUSE || !reliefAt.compareAndSet(last, now)) {
            return false;
        }
        EngineSession longest = null;
        long stalled = RELIEF_PAUSE;
        for (EngineSession session : sessions.values()) {
            long time = session.stalledFor(now);
            if (time > stalled) {
                stalled = time;
                longest = session;
            }
        }
        if (longest == null) {
            return false;
        }
        longest.abort(CloseCause.MEMORY);
        reliefAt.set(now - RELIEF_PAUSE);
        return true;
    }

    /** The housekeeper's pass. */
    void tend() {
        sessions.shrink();
        memory.trim();
        wardens.values().forEach(Warden::sweepSoon);
    }

    void refuse() {
        refusing = true;
    }

    boolean isRefusing() {
        return refusing;
    }

    /** Stops listening and ends the loops; returns when they have ended or a second is over. */
    @SuppressWarnings("FutureReturnValueIgnored") // isTerminated tells
    void close() {
        refusing = true;
        Channel bound = listening;
        if (bound != null) {
            ChannelEnd.close(bound);
        }
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    boolean isTerminated() {
        return loops.isTerminated();
    }

    /** Bytes of the allocator that live buffers hold. */
    long bufferBytes() {
        return allocator.pinnedDirectMemory() + allocator.pinnedHeapMemory();
    }

    long reservedBytes() {
        return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    }

    ServerStatistics statistics() {
        long queued = 0;
        int polling = 0;
        for (EngineSession session : sessions.values()) {
            queued += session.queuedBytes();
            polling += session.isOnWebSocket() ? 0 : 1;
        }
        return new ServerStatistics(
                live(),
                polling,
                channels(),
                addresses.size(),
                queued,
                memory.used(),
                memory.inbound(),
                memory.granted(),
                bufferBytes(),
                reservedBytes(),
                counters.opened.sum(),
                counters.packetsIn.sum(),
                counters.bytesIn.sum(),
                counters.packetsOut.sum(),
                counters.bytesOut.sum(),
                counters.dropped.sum(),
                counters.replaced.sum(),
                counters.volatileDropped.sum(),
                counters.unpaid.sum(),
                counters.handlerFailures.sum(),
                counters.ackTimeouts.sum(),
                counters.middlewareTimeouts.sum(),
                counters.recovered.sum(),
                counters.closes(),
                counters.refusals());
    }

    List<ConnectionBytes> connectionBytes(int most) {
        List<ConnectionBytes> all = new ArrayList<>();
        for (EngineSession session : sessions.values()) {
            all.add(new ConnectionBytes(
                    session.handshake().address(), session.weight(), session.queuedBytes(), settings.sendBuffer));
        }
        all.sort(Comparator.comparingLong(ConnectionBytes::queued)
                .thenComparing(ConnectionBytes::heap)
                .reversed());
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }
}
