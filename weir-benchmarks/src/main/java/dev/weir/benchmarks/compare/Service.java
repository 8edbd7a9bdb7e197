package dev.weir.benchmarks.compare;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.time.Ticker;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The service: three database pools, a Redis pool, three HTTP clients and a WebSocket server, and the desk that takes orders for
 * them.
 */
final class Service implements AutoCloseable {

    /** Far above what its connections hold: it counts, and would stop what grows without an end. */
    private static final long BUDGET_BYTES = 256L << 20;

    private static final String TEXT = "x".repeat(Lane.LARGE_ROUND.eventBytes());

    /** Who may own memory of this JVM, in the order in which they are closed. */
    private record Owner(String name, AutoCloseable part) {}

    private final ConnectionPoolManager manager = ConnectionPoolManager.create(MemoryBudget.ofBytes(BUDGET_BYTES));
    private final Databases databases;
    private final RedisStore redis;
    private final HttpClients http;
    private final Stage stage;
    private final Desk desk;
    private final Deque<Owner> owners = new ArrayDeque<>();

    Service(Assignment assignment) throws Exception {
        databases = new Databases(assignment, manager);
        redis = new RedisStore(assignment, manager);
        http = new HttpClients(assignment, manager);
        stage = Stage.open(assignment.setup(), manager);
        desk = new Desk(this::perform);
        owners.add(new Owner(Part.WEBSOCKET, stage));
        owners.add(new Owner(Part.HTTP, http));
        owners.add(new Owner(Part.REDIS, redis));
        owners.add(new Owner(Part.DATABASE, databases));
        owners.add(new Owner(Part.INTERNAL, manager));
    }

    /** Brings it to where it is after hours of work; returns the seconds that took. */
    double warm(int rounds) throws Exception {
        long begin = Ticker.system().nanos();
        databases.warm(rounds);
        redis.warm();
        http.warm();
        return (Ticker.system().nanos() - begin) / 1e9;
    }

    private long perform(Order order) throws Exception {
        return switch (order.lane()) {
            case DATABASE -> databases.transact(order.user() % databases.size(), order.seed());
            case REDIS -> redis.ask(order.seed());
            case HTTP -> http.ask(order.user(), order.seed());
            case ROUND, LARGE_ROUND -> {
                stage.broadcast(
                        order.lane() + "-" + order.number(),
                        TEXT.substring(0, order.lane().eventBytes()));
                yield 1;
            }
        };
    }

    int port() {
        return desk.port();
    }

    int webSocketPort() {
        return stage.port();
    }

    /** What came up from WebSocket clients. */
    long received() {
        return stage.received();
    }

    String firstFailure() {
        return desk.firstFailure();
    }

    /**
     * Ends the service owner by owner, and measures what each held: the heap in use after a collection, before and after the
     * owner was closed, and for the WebSocket server Netty's direct memory. Bytes.
     */
    Map<String, Long> disband() throws Exception {
        Map<String, Long> held = new LinkedHashMap<>();
        long direct = Math.max(0, PlatformDependent.usedDirectMemory());
        long before = collect();
        while (!owners.isEmpty()) {
            Owner owner = owners.remove();
            owner.part().close();
            long after = collect();
            held.put(owner.name(), Math.max(0, before - after));
            before = after;
        }
        held.merge(Part.WEBSOCKET, direct, Long::sum);
        return held;
    }

    private static long collect() {
        // Twice: what the first makes unreachable through references, the second takes.
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Override
    public void close() throws IOException {
        desk.close();
    }
}
