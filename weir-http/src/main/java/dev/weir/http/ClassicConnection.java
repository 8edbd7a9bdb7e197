package dev.weir.http;

import java.io.IOException;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The library's connection, that also notices when its buffer still holds something after an answer was read. A server that
 * sends more than was asked for would have it taken for the next request's answer, so such a connection is not used again.
 */
final class ClassicConnection extends DefaultManagedHttpClientConnection {

    /** Thrown through the library's look into the buffer, before it would turn to the socket. */
    private static final class NothingBuffered extends IOException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("StaticAssignmentOfThrowable") // it is thrown at every return, and has no stack
        static final NothingBuffered INSTANCE = new NothingBuffered();

        @Override
        public Throwable fillInStackTrace() {
            return this;
        }
    }

    /** Of the thread that has the connection. */
    private boolean peeking;

    ClassicConnection(String id, Http1Config http1) {
        super(
                id,
                null,
                null,
                http1,
                null,
                null,
                new DefaultHttpRequestWriterFactory(http1),
                new DefaultHttpResponseParserFactory(http1));
    }

    @Override
    public boolean isConsistent() {
        return super.isConsistent() && !hasUnread();
    }

    private boolean hasUnread() {
        peeking = true;
        try {
            return awaitInput(Timeout.ZERO_MILLISECONDS);
        } catch (IOException nothing) {
            return false;
        } finally {
            peeking = false;
        }
    }

    @Override
    protected @Nullable SocketHolder ensureOpen() throws IOException {
        if (peeking) {
            throw NothingBuffered.INSTANCE;
        }
        return super.ensureOpen();
    }
}
