package dev.weir.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** What has come of a message that is not whole yet: bounded, and paid from the server's memory. On the channel's loop. */
final class PaidBuffer {

    private static final int LITTLE = 256;

    private final ByteBuf content;
    private final ServerMemory memory;
    private int paid;

    PaidBuffer(int maxBytes, ByteBufAllocator allocator, ServerMemory memory) {
        this.content = allocator.heapBuffer(Math.min(LITTLE, maxBytes), maxBytes);
        this.memory = memory;
    }

    /** Whether so much more is within the bound; decided before anything is copied. */
    boolean fits(ByteBuf more) {
        return content.readableBytes() + more.readableBytes() <= content.maxCapacity();
    }

    /** Adds what {@link #fits}. Returns whether the server's memory had room for it. */
    boolean add(ByteBuf more) {
        content.writeBytes(more);
        int unpaid = content.capacity() - paid;
        if (unpaid > 0 && !memory.unfinished().take(unpaid)) {
            return false;
        }
        paid += unpaid;
        return true;
    }

    ByteBuf content() {
        return content;
    }

    void release() {
        content.release();
        memory.unfinished().giveBack(paid);
        paid = 0;
    }
}
