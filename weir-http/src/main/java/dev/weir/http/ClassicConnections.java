package dev.weir.http;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/** Makes the classic client's connections, for the library to connect. */
record ClassicConnections(Http1Config http1) implements HttpConnectionFactory<ManagedHttpClientConnection> {

    private static final AtomicLong NUMBER = new AtomicLong();

    @Override
    public ManagedHttpClientConnection createConnection(@Nullable Socket socket) throws IOException {
        ClassicConnection connection = new ClassicConnection("weir-http-" + NUMBER.getAndIncrement(), http1);
        if (socket != null) {
            connection.bind(socket);
        }
        return connection;
    }
}
