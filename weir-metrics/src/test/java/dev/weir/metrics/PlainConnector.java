package dev.weir.metrics;

import dev.weir.pool.ConnectionKind;
import dev.weir.pool.Connector;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that are numbers; connecting and checking fail when a test says so. */
public final class PlainConnector implements Connector<Integer> {

    private final AtomicInteger opened = new AtomicInteger();
    /** Whether the server is there. */
    public volatile boolean reachable = true;
    /** Whether connections are usable. */
    public volatile boolean fit = true;

    @Override
    public Integer connect() throws Exception {
        if (!reachable) {
            throw new ConnectException("nobody listens");
        }
        return opened.incrementAndGet();
    }

    @Override
    public boolean check(Integer connection, Duration timeout) {
        return fit;
    }

    @Override
    public void close(Integer connection) {}

    @Override
    public void abort(Integer connection) {}

    @Override
    public String endpoint() {
        return "plain:1";
    }

    @Override
    public ConnectionKind connectionKind() {
        return ConnectionKind.JDBC;
    }
}
