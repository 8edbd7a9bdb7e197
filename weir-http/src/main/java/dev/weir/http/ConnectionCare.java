package dev.weir.http;

import java.time.Duration;
import org.apache.hc.core5.http.HttpConnection;

/** What is done to a connection of the library differently for its classic and for its asynchronous client. */
interface ConnectionCare<C extends HttpConnection> {

    /** Whether a connection that nobody uses can be used again. May block, up to the timeout. */
    boolean isFit(C connection, Duration timeout) throws Exception;

    /** The bytes of the buffers that a connection holds, by what it tells of itself. */
    long bytes(C connection);
}
