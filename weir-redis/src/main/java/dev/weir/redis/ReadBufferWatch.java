package dev.weir.redis;

import io.lettuce.core.protocol.DecodeBufferPolicies;
import io.lettuce.core.protocol.DecodeBufferPolicy;
import io.netty.buffer.ByteBuf;

/**
 * Watches the buffer that a Lettuce connection reads into. It lies outside the heap, grows to hold the largest reply seen,
 * and is never given back while the connection lives. Called on the connection's event loop.
 */
final class ReadBufferWatch implements DecodeBufferPolicy {

    /** What Lettuce allocates at first: 8192 times 8. */
    static final int INITIAL_BYTES = 64 << 10;

    private final DecodeBufferPolicy usual = DecodeBufferPolicies.ratio(3);
    private volatile int bytes = INITIAL_BYTES;

    /** What the buffer takes now. */
    int bytes() {
        return bytes;
    }

    @Override
    public void afterPartialDecode(ByteBuf buffer) {
        usual.afterPartialDecode(buffer);
        look(buffer);
    }

    @Override
    public void afterCommandDecoded(ByteBuf buffer) {
        // Before the command's future is complete, so that whoever closes upon it finds the buffer known.
        look(buffer);
        usual.afterCommandDecoded(buffer);
    }

    @Override
    public void afterDecoding(ByteBuf buffer) {
        usual.afterDecoding(buffer);
        look(buffer);
    }

    private void look(ByteBuf buffer) {
        int now = buffer.capacity();
        if (now != bytes) {
            bytes = now;
        }
    }
}
