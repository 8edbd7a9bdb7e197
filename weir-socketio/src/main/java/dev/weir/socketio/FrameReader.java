package dev.weir.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/**
 * Netty's decoder of frames, whose half-received frame is paid from the server's memory: what a client has begun and
 * does not end is held for it as surely as what it has sent.
 */
final class FrameReader extends WebSocket13FrameDecoder {

    /** Fired where the server's memory has no room for what is half received. */
    static final Object NO_ROOM = new Object();

    /** So much more than what waits may be held. */
    private static final int SPARE = 1024;

    private final ServerMemory memory;
    private int paid;

    FrameReader(WebSocketDecoderConfig config, ServerMemory memory) {
        super(config);
        this.memory = memory;
    }

    /** Nothing more is there to read for now: from here on what is half received only waits. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        pay(ctx);
        super.channelReadComplete(ctx);
    }

    private void pay(ChannelHandlerContext ctx) {
        int held = trim();
        if (held > paid) {
            if (memory.unfinished().take(held - paid)) {
                paid = held;
            } else {
                ctx.fireUserEventTriggered(NO_ROOM);
            }
        } else if (held < paid) {
            memory.unfinished().giveBack(paid - held);
            paid = held;
        }
    }

    /** Netty's buffer grows with what was read at once, up to a megabyte. Returns what is kept of it. */
    private int trim() {
        int unread = actualReadableBytes();
        if (unread == 0) {
            return 0;
        }
        ByteBuf buffer = internalBuffer();
        if (buffer.capacity() - unread > SPARE && buffer.refCnt() == 1) {
            buffer.discardReadBytes().capacity(unread);
        }
        return buffer.capacity();
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        memory.unfinished().giveBack(paid);
        paid = 0;
    }
}
