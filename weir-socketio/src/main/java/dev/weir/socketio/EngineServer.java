package dev.weir.socketio;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

    static final String TLS = "tls";

    private static final String FRONT = "front";
    /** Chunks of 512 KiB (pages of 8 KiB, 2⁶ of them): small ones come free again after a flood. */
    private static final int PAGE_BYTES = 8192;

    private static final int CHUNK_ORDER = 6;
    private static final int SMALL_CACHE = 64;
    private static final int NORMAL_CACHE = 16;
    private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(32 * 1024, 64 * 1024);
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
    private final OutboundMemory memory;
    private final MultiThreadIoEventLoopGroup loops;
    private final Map<EventLoop, Warden> wardens = new ConcurrentHashMap<>();
    private final PooledByteBufAllocator allocator;
    private final Outgoing ping;
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
        this.reliefAt = new AtomicLong(settings.ticker.nanos() - RELIEF_PAUSE);
        this.memory = new OutboundMemory(settings.account, this::relieve);
        this.allocator = new PooledByteBufAllocator(
                true, settings.loops, settings.loops, PAGE_BYTES, CHUNK_ORDER, SMALL_CACHE, NORMAL_CACHE, false);
        this.pages = settings.pages == null ? null : new WebPages(settings.pages, executor, counters);
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

    OutboundMemory memory() {
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

    // Listening

    InetSocketAddress bind() throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, settings.backlog)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, allocator)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 1024, 65536))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        if (settings.sendBuffer > 0) {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, settings.sendBuffer);
        }
        try {
            Channel bound = bootstrap
                    .bind(new InetSocketAddress(settings.host, settings.port))
                    .syncUninterruptibly()
                    .channel();
            listening = bound;
            return (InetSocketAddress) bound.localAddress();
        } catch (Exception failure) {
            // Netty rethrows what is checked without declaring it.
            close();
            BindException why = new BindException("cannot listen on " + settings.host + ":" + settings.port + ": "
                    + failure.getMessage() + "; is the port taken, or the address not this machine's?");
            why.initCause(failure);
            throw why;
        }
    }

    private void accept(Channel channel) {
        channel.closeFuture().addListener(closed -> channels.decrementAndGet());
        int open = channels.incrementAndGet();
        int trying = handshakes.incrementAndGet();
        if (trying > settings.maxHandshakes || open > 2L * settings.maxConnections + settings.maxHandshakes) {
            handshakes.decrementAndGet();
            counters.refused(Refusal.HANDSHAKES);
            ChannelEnd.close(channel);
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (settings.proxyProtocol && clientAddress.isTrusted(channel.remoteAddress())) {
            pipeline.addLast(new HAProxyMessageDecoder());
        }
        if (settings.tls != null) {
            pipeline.addLast(TLS, settings.tls.newHandler(channel.alloc()));
        }
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(settings.maxHeaderBytes)
                .setMaxHeaderSize(settings.maxHeaderBytes)
                .setMaxChunkSize(PAGE_BYTES)
                .setInitialBufferSize(128)));
        if (settings.deflate) {
            pipeline.addLast(new WebSocketServerExtensionHandler(
                    new PerMessageDeflateServerExtensionHandshaker(6, true, 15, true, true, settings.maxPayload)));
        }
        pipeline.addLast(FRONT, new HttpFront(this, channel, warden(channel.eventLoop())));
    }

    private Warden warden(EventLoop loop) {
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

    // Letting in

    /** A request for a new session, on either transport; on the front's loop. */
    void shakeHands(HttpFront front, HttpRequest request) {
        InetAddress peer = front.peer();
        if (peer == null) {
            front.closeNow();
            return;
        }
        InetAddress client = clientAddress.of(peer, request.headers().getAll("x-forwarded-for"));
        Handshake handshake =
                new Handshake(request.uri(), client.getHostAddress(), settings.tls != null, request.headers());
        if (refusing) {
            front.refuse(Refusal.SHUTTING_DOWN);
            return;
        }
        if (settings.filter == null) {
            letIn(front, request, handshake, client);
            return;
        }
        RequestFilter filter = settings.filter;
        executor.execute(() -> {
            boolean allowed = filter(filter, handshake);
            front.channel().eventLoop().execute(() -> {
                if (!front.channel().isActive()) {
                    return;
                }
                if (allowed) {
                    letIn(front, request, handshake, client);
                } else {
                    front.refuse(Refusal.FORBIDDEN);
                }
            });
        });
    }

    private boolean filter(RequestFilter filter, Handshake handshake) {
        try {
            return filter.allows(handshake);
        } catch (RuntimeException | StackOverflowError | AssertionError failure) {
            // A filter that fails has not said yes.
            counters.handlerFailures.increment();
            return false;
        }
    }

    private void letIn(HttpFront front, HttpRequest request, Handshake handshake, InetAddress client) {
        AddressTable.Place place = addresses.enter(ClientAddress.key(client));
        if (place == null) {
            front.refuse(Refusal.ADDRESS_LIMIT);
            return;
        }
        if (live.incrementAndGet() > settings.maxConnections) {
            giveUp(place);
            front.refuse(Refusal.SERVER_FULL);
            return;
        }
        if (!memory.take(EngineSession.CONNECTION_BYTES)) {
            giveUp(place);
            front.refuse(Refusal.MEMORY);
            return;
        }
        boolean webSocket = request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        String sid = Ids.next();
        if (webSocket) {
            openWebSocket(
                    front, request, cookie(sid), socket -> open(sid, handshake, place, front.warden(), socket), () -> {
                        memory.giveBack(EngineSession.CONNECTION_BYTES);
                        giveUp(place);
                    });
        } else {
            EngineSession session = open(sid, handshake, place, front.warden(), null);
            ByteBuf payload = front.newPayload();
            ByteBufUtil.writeAscii(payload, openPacket(sid, settings.webSocket));
            front.answerHandshake(payload, cookie(sid), session);
        }
    }

    private void giveUp(AddressTable.Place place) {
        live.decrementAndGet();
        addresses.leave(place);
    }

    private EngineSession open(
            String sid, Handshake handshake, AddressTable.Place place, Warden home, @Nullable WebSocketFront socket) {
        EngineSession session = new EngineSession(this, sid, handshake, place, home, socket);
        sessions.putIfAbsent(session.sid(), session);
        session.start(listeners.apply(session));
        counters.opened.increment();
        return session;
    }

    private String openPacket(String sid, boolean mayUpgrade) {
        return "0{\"sid\":\"" + sid + "\",\"upgrades\":" + (mayUpgrade ? "[\"websocket\"]" : "[]")
                + ",\"pingInterval\":" + TimeUnit.NANOSECONDS.toMillis(settings.pingInterval) + ",\"pingTimeout\":"
                + TimeUnit.NANOSECONDS.toMillis(settings.pingTimeout) + ",\"maxPayload\":" + settings.maxPayload + "}";
    }

    private @Nullable String cookie(String sid) {
        return settings.cookie == null
                ? null
                : settings.cookie + "=" + sid + "; Path=/; HttpOnly; SameSite=Lax"
                        + (settings.tls == null ? "" : "; Secure");
    }

    /** A WebSocket for a session that is on polling. */
    void openWebSocket(HttpFront front, HttpRequest request, EngineSession session) {
        openWebSocket(
                front,
                request,
                null,
                socket -> {
                    socket.serve(session, true);
                    if (!session.enterCandidate(socket)) {
                        socket.end(CloseCause.SERVER);
                    }
                    return null;
                },
                () -> {});
    }

    private void openWebSocket(
            HttpFront front,
            HttpRequest request,
            @Nullable String cookie,
            Function<WebSocketFront, @Nullable EngineSession> opening,
            Runnable giveUp) {
        Channel channel = front.channel();
        String version = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
        if (!WebSocketVersion.V13.toHttpHeaderValue().equals(version)) {
            giveUp.run();
            front.refuse(Refusal.BAD_REQUEST);
            return;
        }
        WebSocketServerHandshaker13 handshaker = new WebSocketServerHandshaker13(
                "",
                null,
                WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(settings.maxPayload)
                        .allowExtensions(settings.deflate)
                        .closeOnProtocolViolation(false)
                        .build());
        DefaultFullHttpRequest whole = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        HttpHeaders extra = new DefaultHttpHeaders();
        if (cookie != null) {
            extra.set(HttpHeaderNames.SET_COOKIE, cookie);
        }
        try {
            ChannelFuture shaken = handshaker.handshake(channel, whole, extra, channel.newPromise());
            shaken.addListener(done -> {
                if (!done.isSuccess()) {
                    giveUp.run();
                    ChannelEnd.close(channel);
                    return;
                }
                front.leave();
                becomeWebSocket(channel, opening);
            });
        } catch (WebSocketHandshakeException bad) {
            giveUp.run();
            front.refuse(Refusal.BAD_REQUEST);
        }
    }

    private void becomeWebSocket(Channel channel, Function<WebSocketFront, @Nullable EngineSession> opening) {
        boolean deflates = settings.deflate
                && channel.pipeline().names().stream().anyMatch(name -> name.startsWith("PerMessageDeflateEncoder"));
        WebSocketFront socket = new WebSocketFront(channel, warden(channel.eventLoop()), settings.maxPayload, deflates);
        EngineSession session = opening.apply(socket);
        if (session != null) {
            socket.serve(session, false);
            Outgoing open = Outgoing.engine(openPacket(session.sid(), false), allocator, memory);
            session.send(open);
            open.release();
        }
        channel.pipeline().replace(FRONT, FRONT, socket);
        if (!channel.isActive()) {
            channel.pipeline().fireChannelInactive();
        }
    }

    // Letting go

    /** The id is nobody's any more. */
    void forget(EngineSession session) {
        sessions.remove(session.sid(), session);
    }

    void finished(EngineSession session, AddressTable.Place place, CloseCause cause) {
        forget(session);
        memory.giveBack(EngineSession.CONNECTION_BYTES);
        giveUp(place);
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
}
