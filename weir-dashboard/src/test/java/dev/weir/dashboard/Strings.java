package dev.weir.dashboard;

import dev.weir.pool.ConnectionKind;
import dev.weir.pool.Connector;
import java.time.Duration;

/** Connections that are mere words, of a pretended size. */
record Strings(ConnectionKind kind, long bytes) implements Connector<String> {

    @Override
    public String connect() {
        return "connection";
    }

    @Override
    public boolean check(String connection, Duration timeout) {
        return true;
    }

    @Override
    public void close(String connection) {}

    @Override
    public void abort(String connection) {}

    @Override
    public String endpoint() {
        return "words";
    }

    @Override
    public ConnectionKind connectionKind() {
        return kind;
    }

    @Override
    public long estimatedBytes() {
        return bytes;
    }
}
