package dev.weir.socketio;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.budget.Account;
import dev.weir.budget.Reclaimer;
import dev.weir.event.EventStream;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.socketio.codec.Packet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server that clients of Socket.IO 3 and 4 connect to, and that cannot be made to run out of memory: what a
 * client may send, what may wait for it, and how many there may be is bounded everywhere, and paid from one account of a
 * memory budget.
 *
 * <pre>{@code
 * SocketIoServer server = SocketIoServer.builder().port(3000).start();
 * server.of("/chat").onConnection(socket -> {
 *     socket.join("lobby");
 *     socket.on("message", String.class, (text, ack) -> {
 *         socket.to("lobby").emit("message", text);
 *         ack.send("ok");
 *     });
 * });
 * }</pre>
 *
 * <p>Safe for all threads. It listens on loopback unless it is told another host.
 */
public final class SocketIoServer implements AutoCloseable {

    /** The deadline of {@link #close()}. */
    public static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

    private static final Duration HAND_OVER = Duration.ofSeconds(1);

    private final Settings settings;
    private final Account account;
    private final Executor executor;
    private final boolean ownsExecutor;
    private final @Nullable AdapterFactory adapterFactory;
    private final EngineServer engine;
    private final @Nullable ConnectionPoolManager manager;
    private final ServerPool pool;
    private final EventStream events;
    private final Stripes stripes = new Stripes();
    private final Namespaces namespaces = new Namespaces(this);
    private final Observers observers = new Observers(this);
    private final List<Consumer<Throwable>> errorListeners = new CopyOnWriteArrayList<>();
    private final InetSocketAddress address;

    private SocketIoServer(SocketIoServerBuilder builder, PoolEnvironment environment) {
        events = environment.events();
        account = environment
                .budget()
                .open(builder.name, builder.floorBytes, 1, builder.maxServerBytes, new NothingIdle());
        try {
            settings = new Settings(builder, account, environment.ticker());
            adapterFactory = builder.adapter;
            ownsExecutor = builder.executor == null;
            executor = builder.executor == null ? HandlerThreads.start() : builder.executor;
            engine = new EngineServer(settings, executor, session -> new Client(this, session));
            namespaces.of("/");
            address = engine.bind();
        } catch (IOException failure) {
            account.close();
            throw new UncheckedIOException(failure);
        } catch (RuntimeException failure) {
            account.close();
            throw failure;
        }
        pool = new ServerPool(this, engine, environment);
        manager = builder.manager;
        if (manager != null) {
            try {
                manager.register(pool, builder.dependencies.toArray(String[]::new));
            } catch (RuntimeException refused) {
                pool.dispose();
                throw refused;
            }
        }
    }

    /** Configures a server. */
    public static SocketIoServerBuilder builder() {
        return new SocketIoServerBuilder();
    }

    static SocketIoServer start(SocketIoServerBuilder builder, PoolEnvironment environment) {
        return new SocketIoServer(builder, environment);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /** The port it listens on. */
    public int port() {
        return address.getPort();
    }

    // Namespaces

    /**
     * A namespace, which is made if it is not there.
     *
     * @throws IllegalArgumentException if the name does not begin with {@code /} or is longer than 256 characters
     */
    public Namespace of(String name) {
        return namespaces.of(name);
    }

    /** Namespaces whose whole names match a pattern, made when a client asks for them. */
    public DynamicNamespaces of(Pattern pattern) {
        return of(pattern.asMatchPredicate());
    }

    /**
     * Namespaces whose names pass a test, made when a client asks for them.
     *
     * @param matches must be quick and not block
     */
    public DynamicNamespaces of(Predicate<String> matches) {
        return namespaces.of(matches);
    }

    /** The main namespace, {@code /}. */
    public Namespace main() {
        return of("/");
    }

    /** As {@link Namespace#onConnection}, of the main namespace. */
    public SocketIoServer onConnection(Consumer<Socket> handler) {
        main().onConnection(handler);
        return this;
    }

    /** As {@link Namespace#use}, of the main namespace. */
    public SocketIoServer use(Middleware middleware) {
        main().use(middleware);
        return this;
    }

    /** As {@link Namespace#useAsync}, of the main namespace. */
    public SocketIoServer useAsync(AsyncMiddleware middleware) {
        main().useAsync(middleware);
        return this;
    }

    /** As {@link Namespace#emit}, of the main namespace. */
    public void emit(String event, Object... arguments) {
        main().emit(event, arguments);
    }

    /** As {@link Namespace#emitWithAck}, of the main namespace. */
    public CompletionStage<BroadcastAnswers> emitWithAck(String event, Object... arguments) {
        return main().emitWithAck(event, arguments);
    }

    /** As {@link Namespace#to}, of the main namespace. */
    public Broadcast to(String... rooms) {
        return main().to(rooms);
    }

    /** A namespace, if there is one of this name now. */
    public Optional<Namespace> find(String name) {
        return namespaces.find(name);
    }

    /** The names of the namespaces that there are now. */
    public List<String> namespaces() {
        return namespaces.names();
    }

    // Failures

    /** Hears what handlers throw. Called on a handler thread; without a listener failures are only counted. */
    public SocketIoServer onError(Consumer<Throwable> listener) {
        errorListeners.add(listener);
        return this;
    }

    void handlerFailed(Throwable failure) {
        engine.counters().handlerFailures.increment();
        for (Consumer<Throwable> listener : errorListeners) {
            try {
                listener.accept(failure);
            } catch (RuntimeException | StackOverflowError | AssertionError again) {
                engine.counters().handlerFailures.increment();
            }
        }
    }

    /** The application's code. */
    interface Handling {
        void run() throws Exception;
    }

    /** Runs a handler, whose failure is nobody else's. */
    void guard(Handling handling) {
        try {
            handling.run();
        } catch (Exception | StackOverflowError | AssertionError failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            handlerFailed(failure);
        }
    }

    // For the package

    Namespaces known() {
        return namespaces;
    }

    Settings settings() {
        return settings;
    }

    Executor executor() {
        return executor;
    }

    EventStream events() {
        return events;
    }

    Counters counters() {
        return engine.counters();
    }

    Stripes stripes() {
        return stripes;
    }

    @Nullable AdapterFactory adapterFactory() {
        return adapterFactory;
    }

    /** Encodes a packet once for all it goes to; {@code null}, and counted, if there is no memory for it. */
    @Nullable Outgoing encode(Packet packet, Delivery delivery) {
        Outgoing outgoing =
                Outgoing.message(settings.format.encode(packet), engine.allocator(), engine.memory(), delivery);
        if (outgoing == null) {
            engine.counters().unpaid.increment();
        }
        return outgoing;
    }

    Observers observers() {
        return observers;
    }

    void tend(long now) {
        namespaces.all().forEach(namespace -> namespace.tend(now));
        observers.tell(observer -> observer.tick(now));
    }

    // Watching

    /** The server as it is now. */
    public ServerStatistics statistics() {
        return engine.statistics();
    }

    /** Each connection's bytes, at most so many connections, those with the most first. */
    public List<ConnectionBytes> connectionBytes(int most) {
        return engine.connectionBytes(most);
    }

    /** The server as a pool, for a manager that was not given to the builder. */
    public ManagedPool asPool() {
        return pool;
    }

    /** Tells an observer what happens to all sockets, until the subscription is closed. Without observers it costs nothing. */
    public EventStream.Subscription observe(SocketObserver observer) {
        return observers.add(observer);
    }

    // The end

    /**
     * Ends it: refuses new clients, disconnects the others at a pace, keeping what they need to resume elsewhere, then
     * all at once. Under a manager it leaves that first. May be called again.
     *
     * @return what was done and what is left
     */
    public ShutdownReport shutdown(Duration deadline) {
        if (manager != null) {
            manager.unregister(settings.name);
        }
        ConnectionPoolManager last = ConnectionPoolManager.create();
        last.register(pool);
        return last.shutdown(deadline);
    }

    /** Ends it within {@link #CLOSE_DEADLINE}. */
    @Override
    public void close() {
        shutdown(CLOSE_DEADLINE);
    }

    void disposed() {
        engine.close();
        if (ownsExecutor) {
            // What clients were is handed over by their last tasks.
            HandlerThreads.stop(executor, adapterFactory == null ? Duration.ZERO : HAND_OVER);
        }
        namespaces.all().forEach(Namespace::close);
        engine.memory().close();
        account.close();
    }

    /** A server's connections are their clients' to give up: there is never an idle one to call back. */
    private static final class NothingIdle implements Reclaimer {
        @Override
        public boolean reclaimOne() {
            return false;
        }

        @Override
        public long coldestIdleNanos() {
            return -1;
        }

        @Override
        public void grantAvailable() {}
    }

    /** Its address and size. */
    @Override
    public String toString() {
        return "Socket.IO server " + settings.name + " at " + address + ", " + engine.live() + " connections";
    }
}
