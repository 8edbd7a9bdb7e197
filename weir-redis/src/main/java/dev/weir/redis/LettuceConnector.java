package dev.weir.redis;

import dev.weir.pool.ConnectFailure;
import dev.weir.pool.ConnectionKind;
import dev.weir.pool.ConnectionWeight;
import dev.weir.pool.Connector;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.RedisCommand;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Makes, checks and ends Lettuce connections to one server for the engine. Thread-safe. */
final class LettuceConnector<K, V> implements Connector<PooledLettuce<K, V>> {

    /** What a used connection costs in the heap, measured with Lettuce 7: 17 kB. */
    private static final long HEAP_BYTES = 20 << 10;

    private final RedisHome home;
    private final RedisSettings settings;
    private final RedisCodec<K, V> codec;
    private final LettuceHandshake<K, V> handshake;
    private final ClientResources resources;
    private final Consumer<ClientOptions.Builder> more;
    private final boolean shared;

    /** @param shared whether the connection is one that many threads share, which Lettuce is to reconnect */
    LettuceConnector(
            RedisHome home,
            RedisCodec<K, V> codec,
            ClientResources resources,
            Consumer<ClientOptions.Builder> more,
            boolean shared) {
        this.home = home;
        this.settings = home.settings;
        this.codec = codec;
        this.handshake = new LettuceHandshake<>(home.settings, codec, shared);
        this.resources = resources;
        this.more = more;
        this.shared = shared;
    }

    private ClientOptions options(ReadBufferWatch buffer) {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(shared)
                .disconnectedBehavior(
                        shared
                                ? ClientOptions.DisconnectedBehavior.DEFAULT
                                : ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(settings.requestQueueSize())
                .decodeBufferPolicy(buffer)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.pool().createTimeout())
                        .keepAlive(true)
                        .build());
        // The housekeeper looks after a borrower's commands. On a shared connection one slow command must not cost the
        // others theirs, so there each has a timer of its own.
        options.timeoutOptions(
                shared
                        ? TimeoutOptions.builder()
                                .timeoutSource(new SharedTimeout())
                                .timeoutCommands()
                                .build()
                        : TimeoutOptions.create());
        more.accept(options);
        return options.build();
    }

    @Override
    public PooledLettuce<K, V> connect() throws Exception {
        ReadBufferWatch buffer = new ReadBufferWatch();
        RedisURI uri = handshake.uri();
        RedisClient client = RedisClient.create(resources, uri);
        client.setOptions(options(buffer));
        boolean ready = false;
        try {
            StatefulRedisConnection<K, V> raw = handshake.connect(client, uri);
            PooledLettuce<K, V> opened = new PooledLettuce<>(home, client, raw, codec, buffer);
            // A server that loads its data shakes hands with anybody; only a command tells.
            ready = isServing(opened, settings.socketTimeout());
            return opened;
        } finally {
            if (!ready) {
                client.shutdown(0, 0, TimeUnit.NANOSECONDS);
            }
        }
    }

    private boolean isServing(PooledLettuce<K, V> connection, Duration timeout) throws Exception {
        try {
            connection.ask(List.of("PING")).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof RedisCommandExecutionException error)) {
                throw failure;
            }
            ReplyVerdict verdict = ReplyVerdict.of(error.getMessage());
            if (verdict != ReplyVerdict.BUSY && verdict != ReplyVerdict.MASTER_DOWN) {
                throw error;
            }
        }
        return true;
    }

    @Override
    public boolean check(PooledLettuce<K, V> connection, Duration timeout) throws Exception {
        if (!connection.isFit()) {
            return false;
        }
        return home.mayBeDemoted(connection.openedAt) ? isPrimary(connection, timeout) : isServing(connection, timeout);
    }

    private boolean isPrimary(PooledLettuce<K, V> connection, Duration timeout) throws Exception {
        List<Object> role = connection.connection.async().role().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        return "master".equals(String.valueOf(role.get(0)));
    }

    @Override
    public boolean weighsServer() {
        return true;
    }

    @Override
    public ConnectionWeight weighServer(PooledLettuce<K, V> connection, Duration timeout) throws Exception {
        if (!connection.isFit()) {
            return ConnectionWeight.unknown("the connection is to go");
        }
        try {
            return ServerMemory.of(
                    connection.connection.async().clientInfo().get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RedisCommandExecutionException error) {
                return ServerMemory.refused(String.valueOf(error.getMessage()));
            }
            throw failure;
        }
    }

    @Override
    public void close(PooledLettuce<K, V> connection) throws Exception {
        connection.abort().toCompletableFuture().get();
    }

    @Override
    public void abort(PooledLettuce<K, V> connection) {
        connection.abort();
    }

    @Override
    public boolean isBusy(PooledLettuce<K, V> connection) {
        return connection.isBusy();
    }

    @Override
    public void inspectLeased(PooledLettuce<K, V> connection, long nanos, Worker worker) {
        if (shared) {
            return;
        }
        long socketTimeout = settings.socketTimeout().toNanos();
        long queryTimeout = home.queryTimeoutNanos();
        long timeout = queryTimeout == 0 ? socketTimeout : Math.min(socketTimeout, queryTimeout);
        if (connection.isOverdue(nanos, timeout)) {
            connection.watch.nothing();
            home.commandsAborted.increment();
            connection.abort();
        }
    }

    @Override
    public ConnectFailure classify(Throwable failure) {
        return ConnectVerdict.of(failure);
    }

    @Override
    public ConnectionKind connectionKind() {
        return ConnectionKind.REDIS;
    }

    @Override
    public String endpoint() {
        return settings.node().toString();
    }

    @Override
    public long estimatedBytes() {
        return HEAP_BYTES + ReadBufferWatch.INITIAL_BYTES;
    }

    /** The buffer is what differs; it is measured, and the heap beside it is taken as it was measured once. */
    @Override
    public Long measuredBytes(PooledLettuce<K, V> connection) {
        return HEAP_BYTES + connection.buffer.bytes();
    }

    /** How long a command on a shared connection may wait for its reply. */
    private final class SharedTimeout extends TimeoutOptions.TimeoutSource {
        @Override
        public long getTimeout(RedisCommand<?, ?, ?> command) {
            long queryTimeout = home.queryTimeoutNanos();
            long socketTimeout = settings.socketTimeout().toNanos();
            return queryTimeout == 0 ? socketTimeout : Math.min(socketTimeout, queryTimeout);
        }

        @Override
        public TimeUnit getTimeUnit() {
            return TimeUnit.NANOSECONDS;
        }
    }
}
