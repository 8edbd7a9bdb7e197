package dev.weir.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * How a server's frames are laid out: they are not masked, so that they are the same for every client, and no pipeline
 * needs an encoder of its own. See <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455, section
 * 5.2</a>.
 */
final class Frames {

    static final int FIN_TEXT = 0x81;
    static final int FIN_BINARY = 0x82;
    static final int MAX_HEADER = 10;

    private static final int FIN_CLOSE = 0x88;
    private static final int FIN_PONG = 0x8A;

    private Frames() {}

    static void header(ByteBuf out, int firstByte, int length) {
        out.writeByte(firstByte);
        if (length < 126) {
            out.writeByte(length);
        } else if (length < 1 << 16) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
    }

    /** A goodbye, an answer to a ping, or a text, as bytes; takes over the frame. */
    static ByteBuf bytes(WebSocketFrame frame, ByteBufAllocator allocator) {
        try {
            ByteBuf content = frame.content();
            ByteBuf out = allocator.directBuffer(content.readableBytes() + MAX_HEADER);
            header(out, firstByte(frame), content.readableBytes());
            return out.writeBytes(content);
        } finally {
            frame.release();
        }
    }

    private static int firstByte(WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame) {
            return FIN_CLOSE;
        }
        return frame instanceof PongWebSocketFrame ? FIN_PONG : FIN_TEXT;
    }
}
