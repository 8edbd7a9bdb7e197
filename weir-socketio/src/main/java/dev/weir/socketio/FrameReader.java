package dev.weir.socketio;

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

    private final ServerMemory memory;
    private int paid;

    FrameReader(WebSocketDecoderConfig config, ServerMemory memory) {
        super(config);
        this.memory = memory;
        // By default what was read long ago stays for sixteen reads while frames straddle them: a megabyte a client.
        setDiscardAfterReads(1);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        super.channelRead(ctx, message);
        pay(ctx);
    }

    private void pay(ChannelHandlerContext ctx) {
        int held = actualReadableBytes() == 0 ? 0 : internalBuffer().capacity();
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

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        memory.unfinished().giveBack(paid);
        paid = 0;
    }
}
