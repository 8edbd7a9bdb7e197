package dev.weir.socketio;

import dev.weir.socketio.codec.EncodedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.base64.Base64;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.AbstractReferenceCounted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet on its way to any number of clients: encoded once, as the WebSocket frames that all of them get (a server's
 * frames are not masked, so they are the same for everyone), and shared by counting references. It is paid from the
 * server's memory until the last client has been sent it.
 */
final class Outgoing extends AbstractReferenceCounted implements ChannelFutureListener {

    /** What an entry in a queue and the bookkeeping cost beside the bytes. */
    static final int ENTRY_BYTES = 64;

    private final ByteBuf frames;
    /** For each frame, where its content starts; and after that, where it ends; negative ends are of binary frames. */
    private final int[] contents;

    private final ServerMemory memory;
    private final int charged;
    final Delivery delivery;

    private Outgoing(ByteBuf frames, int[] contents, ServerMemory memory, int charged, Delivery delivery) {
        this.frames = frames;
        this.contents = contents;
        this.memory = memory;
        this.charged = charged;
        this.delivery = delivery;
    }

    /** Encodes; {@code null} if the server's memory is short and cannot be relieved. The caller holds one reference. */
    static @Nullable Outgoing message(
            EncodedPacket packet, ByteBufAllocator allocator, ServerMemory memory, Delivery delivery) {
        String text = packet.text();
        List<byte[]> binaries = packet.binaries();
        long bytes = 0;
        int textBytes = 0;
        if (text != null) {
            textBytes = 1 + ByteBufUtil.utf8Bytes(text);
            bytes += textBytes + Frames.MAX_HEADER;
        }
        for (byte[] binary : binaries) {
            bytes += binary.length + Frames.MAX_HEADER;
        }
        if (bytes > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("a packet of " + bytes + " bytes is too large to be sent");
        }
        int charged = (int) bytes + ENTRY_BYTES;
        if (!memory.take(charged)) {
            return null;
        }
        ByteBuf frames = allocator.directBuffer((int) bytes);
        int[] contents = new int[2 * (binaries.size() + (text == null ? 0 : 1))];
        int at = 0;
        if (text != null) {
            Frames.header(frames, Frames.FIN_TEXT, textBytes);
            contents[at++] = frames.writerIndex();
            frames.writeByte('4');
            ByteBufUtil.writeUtf8(frames, text);
            contents[at++] = frames.writerIndex();
        }
        for (byte[] binary : binaries) {
            Frames.header(frames, Frames.FIN_BINARY, binary.length);
            contents[at++] = frames.writerIndex();
            frames.writeBytes(binary);
            contents[at++] = -frames.writerIndex();
        }
        return new Outgoing(frames, contents, memory, charged, delivery);
    }

    /** A packet of Engine.IO itself, which costs nothing and is never dropped. */
    static Outgoing engine(String text, ByteBufAllocator allocator, ServerMemory memory) {
        ByteBuf frames = allocator.directBuffer(text.length() + Frames.MAX_HEADER);
        Frames.header(frames, Frames.FIN_TEXT, text.length());
        int[] contents = {frames.writerIndex(), frames.writerIndex() + text.length()};
        ByteBufUtil.writeAscii(frames, text);
        return new Outgoing(frames, contents, memory, 0, Delivery.SURE);
    }

    /** What it counts for in a client's queue. */
    int size() {
        return frames.readableBytes() + ENTRY_BYTES;
    }

    int wireBytes() {
        return frames.readableBytes();
    }

    /** Writes it to a WebSocket, on the channel's loop, and gives up the caller's reference once it is sent. */
    void writeTo(Channel channel, boolean deflate) {
        if (!deflate) {
            channel.write(frames.retainedDuplicate()).addListener(this);
            return;
        }
        for (int i = 0; i < contents.length; i += 2) {
            boolean binary = contents[i + 1] < 0;
            ByteBuf content = frames.retainedSlice(contents[i], Math.abs(contents[i + 1]) - contents[i]);
            ChannelFuture written =
                    channel.write(binary ? new BinaryWebSocketFrame(content) : new TextWebSocketFrame(content));
            if (i + 2 == contents.length) {
                written.addListener(this);
            }
        }
    }

    @Override
    public void operationComplete(ChannelFuture future) {
        release();
    }

    /** Appends it to a polling payload. */
    void appendTo(ByteBuf payload) {
        for (int i = 0; i < contents.length; i += 2) {
            boolean binary = contents[i + 1] < 0;
            int length = Math.abs(contents[i + 1]) - contents[i];
            if (payload.isReadable()) {
                payload.writeByte(dev.weir.socketio.codec.EnginePacket.SEPARATOR);
            }
            if (binary) {
                payload.writeByte(dev.weir.socketio.codec.EnginePacket.BINARY_PREFIX);
                ByteBuf base64 = Base64.encode(frames, contents[i], length, false);
                payload.writeBytes(base64);
                base64.release();
            } else {
                payload.writeBytes(frames, contents[i], length);
            }
        }
    }

    @Override
    protected void deallocate() {
        frames.release();
        if (charged > 0) {
            memory.giveBack(charged);
        }
    }

    @Override
    public Outgoing touch(Object hint) {
        frames.touch(hint);
        return this;
    }

    @Override
    public Outgoing retain() {
        super.retain();
        return this;
    }
}
