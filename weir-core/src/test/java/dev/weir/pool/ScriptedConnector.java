package dev.weir.pool;

import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A connector that does what a test tells it: succeed, fail or block; its connections know what was done to them. */
final class ScriptedConnector implements Connector<ScriptedConnector.Connection> {

    /** A connection that counts. */
    static final class Connection {
        final int number;
        final AtomicInteger ended = new AtomicInteger();
        final AtomicInteger holders = new AtomicInteger();
        volatile boolean fit = true;
        volatile boolean busy;
        volatile boolean aborted;
        volatile boolean cancelled;

        Connection(int number) {
            this.number = number;
        }

        @Override
        public String toString() {
            return "connection " + number;
        }
    }

    final Deque<Callable<Connection>> connects = new ConcurrentLinkedDeque<>();
    final Deque<Callable<Boolean>> checks = new ConcurrentLinkedDeque<>();
    final Deque<Callable<Boolean>> closes = new ConcurrentLinkedDeque<>();
    final Set<Connection> open = ConcurrentHashMap.newKeySet();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger endedTwice = new AtomicInteger();
    final AtomicInteger checked = new AtomicInteger();
    volatile ConnectFailure failureKind = ConnectFailure.TRANSIENT;
    volatile String endpoint = "scripted:1/test";
    volatile long bytes = 100;
    volatile @Nullable Long measuredBytes;
    /** What its server holds for each connection; {@code null} while it is not asked. */
    volatile @Nullable ToLongFunction<Connection> serverBytes;

    final AtomicInteger weighed = new AtomicInteger();

    @Override
    public Connection connect() throws Exception {
        Callable<Connection> next = connects.poll();
        return next == null ? make() : next.call();
    }

    Connection make() {
        Connection connection = new Connection(opened.incrementAndGet());
        open.add(connection);
        return connection;
    }

    @Override
    public boolean check(Connection connection, Duration timeout) throws Exception {
        checked.incrementAndGet();
        Callable<Boolean> next = checks.poll();
        return next == null ? connection.fit : next.call();
    }

    @Override
    public void close(Connection connection) throws Exception {
        Callable<Boolean> next = closes.poll();
        if (next != null) {
            next.call();
        }
        if (connection.ended.incrementAndGet() > 1) {
            endedTwice.incrementAndGet();
        }
        open.remove(connection);
    }

    @Override
    public void abort(Connection connection) {
        connection.aborted = true;
        open.remove(connection);
    }

    @Override
    public void cancel(Connection connection) {
        connection.cancelled = true;
    }

    @Override
    public boolean isBusy(Connection connection) {
        return connection.busy;
    }

    @Override
    public ConnectFailure classify(Throwable failure) {
        return failureKind;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public long estimatedBytes() {
        return bytes;
    }

    @Override
    public boolean weighsServer() {
        return serverBytes != null;
    }

    @Override
    public ConnectionWeight weighServer(Connection connection, Duration timeout) {
        weighed.incrementAndGet();
        ToLongFunction<Connection> bytes = serverBytes;
        return bytes == null
                ? ConnectionWeight.unknown("not asked")
                : ConnectionWeight.onServer(bytes.applyAsLong(connection), "scripted");
    }

    @Override
    public @Nullable Long measuredBytes(Connection connection) {
        return measuredBytes;
    }
}
