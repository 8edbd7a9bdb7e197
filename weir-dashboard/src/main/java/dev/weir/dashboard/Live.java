package dev.weir.dashboard;

import dev.weir.ConnectionPoolManager;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.ManagedPool;
import dev.weir.socketio.Namespace;
import dev.weir.socketio.Socket;
import dev.weir.socketio.SocketIoServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's own thread: once a second it remembers how the pools are, and tells whoever looks. Pages that look at one
 * pool are told its slots as well. A page that does not keep up is sent the newest only.
 */
final class Live {

    /** The event with the {@link Overview}. */
    static final String TICK = "tick";
    /** The event with the slots of the pool that a page looks at. */
    static final String SLOTS = "slots";
    /** What a page sends to say which pool it looks at; an empty name: none. */
    static final String LOOK = "look";

    private static final String LOOKS_AT = "pool";
    private static final int LONGEST_NAME = 1_000;

    private final ConnectionPoolManager manager;
    private final History history;
    private final Steering steering;
    private final Clock clock;
    private final AtomicLong changes = new AtomicLong();
    private final EventStream.Subscription listening;
    private final ScheduledExecutorService thread;
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable ScheduledFuture<?> ticking;

    /** The slots of a pool. */
    record PoolSlots(String pool, List<SlotRow> slots) {}

    Live(ConnectionPoolManager manager, History history, Steering steering, Clock clock) {
        this.manager = manager;
        this.history = history;
        this.steering = steering;
        this.clock = clock;
        this.listening = manager.addListener(this::hear);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(null, task, "weir-dashboard", 0, false);
            made.setDaemon(true);
            return made;
        });
    }

    /** Begins to tick. */
    void start(SocketIoServer server, Facts facts) {
        Namespace pages = server.main();
        pages.onConnection(Live::welcome);
        ticking = thread.scheduleAtFixedRate(() -> tryTick(pages, facts), 0, 1, TimeUnit.SECONDS);
    }

    /** What fails once, because a pool ends meanwhile for instance, may succeed the next time. */
    private void tryTick(Namespace pages, Facts facts) {
        try {
            tick(pages, facts);
        } catch (RuntimeException failure) {
            failures.incrementAndGet();
        }
    }

    private static void welcome(Socket socket) {
        socket.on(LOOK, String.class, (pool, ack) -> {
            String name = pool == null || pool.length() > LONGEST_NAME ? "" : pool;
            String before = (String) socket.data().put(LOOKS_AT, name);
            if (before != null && !before.isEmpty()) {
                socket.leave(room(before));
            }
            if (!name.isEmpty()) {
                socket.join(room(name));
            }
            ack.send();
        });
    }

    private static String room(String pool) {
        return "pool " + pool;
    }

    private void hear(PoolEvent event) {
        if (event instanceof PoolEvent.LeakDetected
                || event instanceof PoolEvent.LeakReturned
                || event instanceof PoolEvent.AlertRaised
                || event instanceof PoolEvent.AlertCleared
                || event instanceof PoolEvent.Scaled
                || event instanceof PoolEvent.SettingsChanged) {
            changes.incrementAndGet();
        }
    }

    /** How many things have happened that a page may want to look at again. */
    long changes() {
        return changes.get();
    }

    private void tick(Namespace pages, Facts facts) {
        List<ManagedPool> pools = manager.pools();
        Set<String> names = new HashSet<>();
        pools.forEach(pool -> names.add(pool.name()));
        history.retain(names);
        steering.retain(names);
        long second = clock.second();
        for (ManagedPool pool : pools) {
            manager.histories(pool.name())
                    .flatMap(histories -> histories.samples().newest())
                    .ifPresent(sample -> history.add(pool.name(), second, Series.of(sample)));
        }
        Overview overview = facts.overview();
        history.addProcess(second, ProcessSeries.of(overview.process(), overview.budget()));
        Set<String> looked = new HashSet<>();
        for (Socket socket : pages.sockets()) {
            if (socket.data().get(LOOKS_AT) instanceof String name && !name.isEmpty()) {
                looked.add(name);
            }
        }
        if (!pages.sockets().isEmpty()) {
            pages.all().keepLatest(TICK).emit(TICK, overview);
        }
        for (String name : looked) {
            manager.pool(name)
                    .ifPresent(pool ->
                            pages.to(room(name)).keepLatest(SLOTS).emit(SLOTS, new PoolSlots(name, SlotRow.of(pool))));
        }
    }

    /** Ends the thread; a tick under way may finish. */
    void stop() {
        listening.close();
        ScheduledFuture<?> stopping = ticking;
        if (stopping != null) {
            stopping.cancel(false);
        }
        thread.shutdown();
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }
}
