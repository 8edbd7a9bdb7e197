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
    private final PaidBuffer message;
    private int count;

    Fragments(boolean text, int maxBytes, ByteBufAllocator allocator, ServerMemory memory) {
        this.text = text;
        this.message = new PaidBuffer(maxBytes, allocator, memory);
    }

    /** Whether it is, and {@link #isTooMany}, decided before anything is copied. */
    boolean fits(ByteBuf fragment) {
        return message.fits(fragment);
    }

    boolean isTooMany() {
        return count >= MAX_FRAGMENTS;
    }

    /** Returns whether the server's memory had room for it. */
    boolean add(ByteBuf fragment) {
        count++;
        return message.add(fragment);
    }

    boolean isText() {
        return text;
    }

    ByteBuf content() {
        return message.content();
    }

    void release() {
        message.release();
    }
}
