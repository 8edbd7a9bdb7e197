package dev.weir.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP: one request after the other, each within its time and size. It becomes a
 * {@link WebSocketFront} when a request asks for that and may.
 */
final class HttpFront extends ChannelInboundHandlerAdapter implements Tended {

    private enum Phase {
        /** Between requests. */
        IDLE,
        /** A request's head was seen, and what to do once all of it is there. */
        RECEIVING,
        /** The session, or a filter, will answer. */
        WAITING,
        /** Refused; what still comes is thrown away until the connection closes. */
        DISCARDING
    }

    private static final long KEEP_ALIVE = TimeUnit.SECONDS.toNanos(10);
    private static final long FAR = TimeUnit.HOURS.toNanos(1);

    private final EngineServer server;
    private final Channel channel;
    private final Warden warden;
    private @Nullable InetAddress peer;
    private boolean handshaking = true;

    // On the loop only.
    private Phase phase = Phase.IDLE;
    private long deadline;
    private int place = -1;
    private EngineRequest.@Nullable Plan plan;
    private @Nullable HttpRequest head;
    private @Nullable EngineSession session;
    private @Nullable PaidBuffer body;

    HttpFront(EngineServer server, Channel channel, Warden warden) {
        this.server = server;
        this.channel = channel;
        this.warden = warden;
        this.deadline = server.now() + server.settings().requestTimeout;
        if (channel.remoteAddress() instanceof InetSocketAddress address) {
            peer = address.getAddress();
        }
    }

    Channel channel() {
        return channel;
    }

    Warden warden() {
        return warden;
    }

    @Nullable InetAddress peer() {
        return peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        warden.add(this, deadline);
    }

    // Requests

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (message instanceof HAProxyMessage proxied) {
                peer = ProxyProtocol.source(proxied, peer);
            } else if (phase == Phase.DISCARDING) {
                return;
            } else if (message instanceof HttpRequest request) {
                receive(request);
            }
            if (phase == Phase.RECEIVING && message instanceof HttpContent content) {
                receive(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void receive(HttpRequest request) {
        if (phase == Phase.WAITING) {
            // A second request before the first is answered. Two polls at once end the session; anything else would
            // have to be kept until its turn, which no client of Engine.IO needs.
            EngineSession waiting = session;
            if (waiting != null) {
                waiting.polling().requestFailed(this, CloseCause.OVERLAPPING_REQUESTS);
            }
            server.counters().refused(Refusal.BAD_REQUEST);
            closeNow();
            return;
        }
        head = request;
        session = null;
        plan = null;
        deadline = server.now() + server.settings().requestTimeout;
        if (request.decoderResult().isFailure()) {
            refuse(Refusal.BAD_HTTP);
            return;
        }
        phase = Phase.RECEIVING;
        EngineRequest read = EngineRequest.of(request, server);
        if (read.refusal() != null) {
            refuse(read.refusal());
            return;
        }
        plan = read.plan();
        session = read.session();
        if (plan == EngineRequest.Plan.POST && !beginPost(request)) {
            return;
        }
        if (plan == EngineRequest.Plan.PAGE && HttpUtil.getContentLength(request, 0L) > server.settings().maxPayload) {
            refuse(Refusal.TOO_LARGE);
            return;
        }
        if (HttpUtil.is100ContinueExpected(request)) {
            ChannelEnd.send(channel, new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private boolean beginPost(HttpRequest request) {
        EngineSession target = session;
        if (target == null || !target.polling().beginPost(this)) {
            return false;
        }
        if (HttpUtil.getContentLength(request, 0L) > server.settings().maxPayload) {
            target.polling().requestFailed(this, CloseCause.TOO_LARGE);
            refuse(Refusal.TOO_LARGE);
            return false;
        }
        return true;
    }

    private void receive(HttpContent content) {
        EngineSession target = session;
        if (content.decoderResult().isFailure()) {
            fail(target, CloseCause.TRANSPORT, Refusal.BAD_HTTP);
            return;
        }
        boolean wanted = plan == EngineRequest.Plan.POST || plan == EngineRequest.Plan.PAGE;
        if (wanted && content.content().isReadable()) {
            PaidBuffer all = body;
            if (all == null) {
                all = new PaidBuffer(server.settings().maxPayload, channel.alloc(), server.memory());
                body = all;
            }
            if (!all.fits(content.content())) {
                fail(target, CloseCause.TOO_LARGE, Refusal.TOO_LARGE);
                return;
            }
            if (!all.add(content.content())) {
                fail(target, CloseCause.MEMORY, Refusal.MEMORY);
                return;
            }
        }
        if (content instanceof LastHttpContent) {
            act();
        }
    }

    private void fail(@Nullable EngineSession target, CloseCause cause, Refusal refusal) {
        if (target != null) {
            target.polling().requestFailed(this, cause);
        }
        refuse(refusal);
    }

    private void act() {
        EngineRequest.Plan todo = plan;
        HttpRequest request = head;
        EngineSession target = session;
        if (todo == null || request == null) {
            return;
        }
        phase = Phase.WAITING;
        switch (todo) {
            case HANDSHAKE -> server.admission().shakeHands(this, request);
            case UPGRADE -> upgrade(request, target);
            case PREFLIGHT -> preflight();
            case PAGE -> page(request);
            case POLL -> {
                if (target != null) {
                    madeHandshake();
                    target.polling().onPoll(this);
                }
            }
            case POST -> {
                if (target != null) {
                    madeHandshake();
                    String text = body == null ? "" : StrictText.of(body.content());
                    releaseBody();
                    target.polling().onPost(this, text);
                }
            }
        }
    }

    private void page(HttpRequest request) {
        madeHandshake();
        server.answerPage(this, request, body == null ? null : body.content());
        releaseBody();
    }

    private void upgrade(HttpRequest request, @Nullable EngineSession target) {
        if (target == null) {
            server.admission().shakeHands(this, request);
        } else {
            WebSocketOpening.forUpgrade(server, this, request, target);
        }
    }

    /** The connection has done what it came for, and no longer counts as one that is still at its handshake. */
    void madeHandshake() {
        if (handshaking) {
            handshaking = false;
            server.handshakeOver();
        }
    }

    /** Before the handler is replaced by that of the WebSocket. */
    void leave() {
        madeHandshake();
        releaseBody();
        warden.remove(this);
    }

    // Answers: any thread

    ByteBuf newPayload() {
        return channel.alloc().buffer(256);
    }

    /** Answers a poll. */
    void answer(ByteBuf payload) {
        respond(HttpResponseStatus.OK, "text/plain; charset=UTF-8", payload, null);
    }

    /** Answers a handshake by polling. */
    void answerHandshake(ByteBuf payload, @Nullable String cookie, EngineSession opened) {
        session = opened;
        madeHandshake();
        respond(HttpResponseStatus.OK, "text/plain; charset=UTF-8", payload, cookie);
    }

    /** Answers a request for a page. */
    void answer(WebResponse page) {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(() -> answer(page));
            return;
        }
        if (phase != Phase.WAITING) {
            return;
        }
        HttpResponseStatus status = HttpResponseStatus.valueOf(page.status());
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(page.body()));
        page.headers().forEach((name, value) -> response.headers().set(name, value));
        HttpUtil.setContentLength(response, page.body().length);
        send(response);
    }

    /** Answers a post. */
    void answerOk() {
        respond(HttpResponseStatus.OK, "text/html", Unpooled.copiedBuffer("ok", StandardCharsets.US_ASCII), null);
    }

    /** Whether a post of this connection was read and has not been answered. */
    boolean awaitsAnswer() {
        return phase == Phase.WAITING && plan == EngineRequest.Plan.POST;
    }

    private void preflight() {
        respond(HttpResponseStatus.NO_CONTENT, "", Unpooled.EMPTY_BUFFER, null);
    }

    private void respond(HttpResponseStatus status, String type, ByteBuf content, @Nullable String cookie) {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(() -> respond(status, type, content, cookie));
            return;
        }
        FullHttpResponse response = Answers.of(status, type, content);
        if (cookie != null) {
            response.headers().set(HttpHeaderNames.SET_COOKIE, cookie);
        }
        send(response);
    }

    private void send(FullHttpResponse response) {
        HttpRequest request = head;
        boolean keepAlive = request != null && HttpUtil.isKeepAlive(request) && phase == Phase.WAITING;
        Answers.decorate(response, request, keepAlive, server.settings().cors);
        phase = keepAlive ? Phase.IDLE : Phase.DISCARDING;
        session = null;
        deadline = server.now() + (keepAlive ? KEEP_ALIVE : ChannelEnd.LINGER);
        warden.dueBy(deadline);
        if (keepAlive) {
            ChannelEnd.send(channel, response);
        } else {
            ChannelEnd.sendAndEndOutput(channel, response);
        }
    }

    /** Turns the request down, and counts it. */
    void refuse(Refusal refusal) {
        refuse(refusal, refusal.message());
    }

    void refuse(Refusal refusal, String message) {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(() -> refuse(refusal, message));
            return;
        }
        server.counters().refused(refusal);
        releaseBody();
        FullHttpResponse response = Answers.of(refusal, message, server.settings().retryAfterSeconds);
        Answers.decorate(response, head, false, server.settings().cors);
        phase = Phase.DISCARDING;
        session = null;
        deadline = server.now() + ChannelEnd.LINGER;
        warden.dueBy(deadline);
        ChannelEnd.sendAndEndOutput(channel, response);
    }

    void closeNow() {
        phase = Phase.DISCARDING;
        releaseBody();
        ChannelEnd.close(channel);
    }

    private void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    // The end

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        EngineSession waiting = session;
        session = null;
        phase = Phase.DISCARDING;
        leave();
        if (waiting != null) {
            waiting.polling().requestFailed(this, CloseCause.TRANSPORT);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        closeNow();
    }

    @Override
    public long tend(long now) {
        if (phase == Phase.WAITING) {
            return now + FAR;
        }
        if (now - deadline < 0) {
            return deadline;
        }
        EngineSession waiting = session;
        boolean slow = phase == Phase.RECEIVING || handshaking;
        if (phase == Phase.DISCARDING || !slow) {
            closeNow();
        } else {
            if (waiting != null) {
                session = null;
                waiting.polling().requestFailed(this, CloseCause.TRANSPORT);
            }
            refuse(Refusal.SLOW_REQUEST);
        }
        return now + ChannelEnd.LINGER;
    }

    @Override
    public int place() {
        return place;
    }

    @Override
    public void place(int newPlace) {
        place = newPlace;
    }
}
