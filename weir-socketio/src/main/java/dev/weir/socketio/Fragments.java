package dev.weir.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A message that comes in fragments. They are copied together, so that a thousand fragments of one byte cost a thousand
 * bytes and not a thousand buffers.
 */
final class Fragments {

    static final int MAX_FRAGMENTS = 1024;

    private final boolean text;
    private final ByteBuf content;
    private final int maxBytes;
    private int count;

    Fragments(boolean text, int maxBytes, ByteBufAllocator allocator) {
        this.text = text;
        this.maxBytes = maxBytes;
        this.content = allocator.heapBuffer(256, maxBytes);
    }

    /** Whether it is, and {@link #isTooMany}, decided before anything is copied. */
    boolean fits(ByteBuf fragment) {
        return content.readableBytes() + fragment.readableBytes() <= maxBytes;
    }

    boolean isTooMany() {
        return count >= MAX_FRAGMENTS;
    }

    void add(ByteBuf fragment) {
        count++;
        content.writeBytes(fragment);
    }

    boolean isText() {
        return text;
    }

    ByteBuf content() {
        return content;
    }

    void release() {
        content.release();
    }
}
