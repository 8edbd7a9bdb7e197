package dev.weir.socketio;

import dev.weir.socketio.codec.EnginePacket;
import dev.weir.socketio.codec.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A WebSocket: frames in, messages to the session; goodbyes out. The last and only handler of ours behind Netty's codec. */
final class WebSocketFront extends ChannelInboundHandlerAdapter {

    private static final String PROBE = "probe";

    private final Channel channel;
    private final Warden warden;
    private final int maxPayload;
    private final boolean deflates;
    private @Nullable EngineSession session;

    // On the loop only.
    private boolean candidate;
    private boolean ended;
    private @Nullable Fragments fragments;
    private WebSocketCloseStatus violation = WebSocketCloseStatus.POLICY_VIOLATION;

    WebSocketFront(Channel channel, Warden warden, int maxPayload, boolean deflates) {
        this.channel = channel;
        this.warden = warden;
        this.maxPayload = maxPayload;
        this.deflates = deflates;
    }

    /** @param upgrades whether the session is on polling and this may become its transport */
    void serve(EngineSession served, boolean upgrades) {
        session = served;
        candidate = upgrades;
    }

    private EngineSession session() {
        EngineSession served = session;
        if (served == null) {
            throw new IllegalStateException("frames before there is a session");
        }
        return served;
    }

    Channel channel() {
        return channel;
    }

    Warden warden() {
        return warden;
    }

    boolean deflates() {
        return deflates;
    }

    /** Bytes that were written and have not left for the kernel. Any thread. */
    long pendingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            if (!ended && message instanceof WebSocketFrame frame) {
                read(frame);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(WebSocketFrame frame) {
        if (frame instanceof PingWebSocketFrame ping) {
            if (session().inbound().admit(ping.content().readableBytes())) {
                ChannelEnd.send(
                        channel, bytes(new PongWebSocketFrame(ping.content().retain())));
            }
        } else if (frame instanceof PongWebSocketFrame pong) {
            session().inbound().admit(pong.content().readableBytes());
        } else if (frame instanceof CloseWebSocketFrame close) {
            ended = true;
            ChannelEnd.sendAndClose(
                    channel,
                    bytes(new CloseWebSocketFrame(true, 0, close.content().retain())));
            session().webSocket().gone(this, CloseCause.CLIENT);
        } else if (frame instanceof ContinuationWebSocketFrame || !frame.isFinalFragment()) {
            readFragment(frame);
        } else {
            readMessage(frame instanceof TextWebSocketFrame, frame.content());
        }
    }

    private ByteBuf bytes(WebSocketFrame frame) {
        return Frames.bytes(frame, channel.alloc());
    }

    private void readFragment(WebSocketFrame frame) {
        Fragments open = fragments;
        if (open == null) {
            open = new Fragments(
                    frame instanceof TextWebSocketFrame,
                    maxPayload,
                    channel.alloc(),
                    session().server().memory());
            fragments = open;
        }
        if (!open.fits(frame.content())) {
            fail(CloseCause.TOO_LARGE);
            return;
        }
        if (open.isTooMany()) {
            fail(CloseCause.FRAGMENTS);
            return;
        }
        if (!session().inbound().admit(frame.content().readableBytes())) {
            return;
        }
        if (!open.add(frame.content())) {
            fail(CloseCause.MEMORY);
            return;
        }
        if (frame.isFinalFragment()) {
            fragments = null;
            try {
                readMessage(open.isText(), open.content());
            } finally {
                open.release();
            }
        }
    }

    private void readMessage(boolean isText, ByteBuf content) {
        if (content.readableBytes() > maxPayload) {
            fail(CloseCause.TOO_LARGE);
            return;
        }
        if (!isText) {
            byte[] bytes = ByteBufUtil.getBytes(content);
            if (candidate) {
                fail(CloseCause.MALFORMED);
            } else if (session().inbound().admit(bytes.length)) {
                session().inbound().onBinary(bytes);
            }
            return;
        }
        String text = StrictText.of(content);
        if (text == null) {
            violation = WebSocketCloseStatus.INVALID_PAYLOAD_DATA;
            fail(CloseCause.MALFORMED);
            return;
        }
        try {
            EnginePacket packet = EnginePacket.decode(text);
            if (candidate) {
                readAsCandidate(packet);
            } else {
                session().inbound().onPacket(packet);
            }
        } catch (MalformedPacketException malformed) {
            fail(CloseCause.MALFORMED);
        }
    }

    private void readAsCandidate(EnginePacket packet) {
        if (packet.type() == EnginePacket.Type.PING
                && packet.text().equals(PROBE)
                && session().webSocket().onProbe(this)) {
            ChannelEnd.send(channel, bytes(new TextWebSocketFrame(EnginePacket.Type.PONG.digit() + PROBE)));
        } else if (packet.type() == EnginePacket.Type.UPGRADE
                && session().webSocket().onUpgrade(this)) {
            candidate = false;
        } else {
            fail(CloseCause.MALFORMED);
        }
    }

    /** A candidate that misbehaves goes alone; otherwise the session goes with it. */
    private void fail(CloseCause cause) {
        if (candidate) {
            end(cause);
        } else {
            session().close(cause);
        }
    }

    /** All was sent: a close frame, and the end of the channel. On the loop. */
    void sayGoodbye(CloseCause cause) {
        end(cause);
    }

    /** Ends the WebSocket as the cause demands. Any thread. */
    void end(CloseCause cause) {
        if (!channel.eventLoop().inEventLoop()) {
            channel.eventLoop().execute(() -> end(cause));
            return;
        }
        if (ended) {
            return;
        }
        ended = true;
        switch (cause) {
            case SLOW_READER, OVERFLOW, MEMORY, PING_TIMEOUT -> reset();
            case CLIENT, TRANSPORT -> ChannelEnd.close(channel);
            case TOO_LARGE -> sayAndLinger(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            case MALFORMED, OUT_OF_PLACE, RATE, FRAGMENTS, CONNECT_TIMEOUT -> sayAndLinger(violation);
            default -> sayAndLinger(WebSocketCloseStatus.NORMAL_CLOSURE);
        }
    }

    private void sayAndLinger(WebSocketCloseStatus status) {
        ChannelEnd.sendAndLinger(channel, bytes(new CloseWebSocketFrame(status)));
    }

    /** Closes at once and lets the kernel drop what it holds for the client. */
    void reset() {
        ChannelEnd.reset(channel);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == FrameReader.NO_ROOM) {
            fail(CloseCause.MEMORY);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        EngineSession served = session;
        if (served != null && channel.isWritable()) {
            warden.markDirty(served);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended = true;
        Fragments open = fragments;
        if (open != null) {
            fragments = null;
            open.release();
        }
        session().webSocket().gone(this, CloseCause.CLIENT);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException corrupted) {
            violation = corrupted.closeStatus();
            boolean large = corrupted.closeStatus().code() == WebSocketCloseStatus.MESSAGE_TOO_BIG.code();
            fail(large ? CloseCause.TOO_LARGE : CloseCause.MALFORMED);
        } else if (failure.getCause() instanceof DecompressionException || failure instanceof DecompressionException) {
            fail(CloseCause.TOO_LARGE);
        } else {
            ended = true;
            session().webSocket().gone(this, CloseCause.TRANSPORT);
            ChannelEnd.close(channel);
        }
    }
}
