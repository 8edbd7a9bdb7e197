package dev.weir.http;

import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.util.Timeout;

/** Connections of the classic client. */
record ClassicCare(ConnectionBytes sizes) implements ConnectionCare<ManagedHttpClientConnection> {

    private static final Timeout A_LOOK = Timeout.ofMilliseconds(1);

    /** A server that has closed is stale; one that has sent something unasked would have it taken for the next answer. */
    @Override
    public boolean isFit(ManagedHttpClientConnection connection, Duration timeout) throws IOException {
        return connection.isOpen() && !connection.isStale() && !connection.isDataAvailable(A_LOOK);
    }

    @Override
    public long bytes(ManagedHttpClientConnection connection) {
        return sizes.of(connection.getSSLSession());
    }
}
