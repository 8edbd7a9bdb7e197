package dev.weir.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.nio.ManagedAsyncClientConnection;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.nio.command.StaleCheckCommand;
import org.apache.hc.core5.http2.nio.command.PingCommand;
import org.apache.hc.core5.http2.nio.support.BasicPingHandler;
import org.apache.hc.core5.reactor.Command;

/** Connections of the asynchronous client, asked through their own event loop: HTTP/2 by PING. */
record AsyncCare(ConnectionBytes sizes) implements ConnectionCare<ManagedAsyncClientConnection> {

    @Override
    public boolean isFit(ManagedAsyncClientConnection connection, Duration timeout) throws Exception {
        if (!connection.isOpen()) {
            return false;
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        connection.submitCommand(question(connection, answer), Command.Priority.IMMEDIATE);
        return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static Command question(ManagedAsyncClientConnection connection, CompletableFuture<Boolean> answer) {
        ProtocolVersion version = connection.getProtocolVersion();
        return version != null && version.greaterEquals(HttpVersion.HTTP_2_0)
                ? new PingCommand(new BasicPingHandler(fit -> answer.complete(Boolean.TRUE.equals(fit))))
                : new StaleCheckCommand(fit -> answer.complete(Boolean.TRUE.equals(fit)));
    }

    @Override
    public long bytes(ManagedAsyncClientConnection connection) {
        return sizes.of(connection.getSSLSession());
    }
}
