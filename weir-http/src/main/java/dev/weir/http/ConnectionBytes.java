package dev.weir.http;

import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * How much heap a connection holds: its two session buffers, and under TLS the record buffers, whose sizes the live session
 * tells. The kernel's socket buffers are not in it.
 */
record ConnectionBytes(int sessionBuffer) {

    /** Socket or channel, parser, writer, metrics, addresses, the pool's own entry: a few dozen small objects. */
    private static final long OBJECTS = 6 * 1024;

    /** What a JDK TLS session keeps besides its buffers: handshake state, ciphers, the peer's certificates. */
    private static final long TLS_OBJECTS = 24 * 1024;

    private static final int LONGEST_TLS_RECORD = 16 * 1024 + 512;

    long of(@Nullable SSLSession tls) {
        long plain = OBJECTS + 2L * sessionBuffer;
        return tls == null
                ? plain
                : plain + TLS_OBJECTS + 2L * tls.getPacketBufferSize() + tls.getApplicationBufferSize();
    }

    /** Before there is a connection. */
    long estimate(boolean secure) {
        long plain = OBJECTS + 2L * sessionBuffer;
        return secure ? plain + TLS_OBJECTS + 3L * LONGEST_TLS_RECORD : plain;
    }
}
