package dev.weir.socketio.admin;

import dev.weir.event.EventStream;
import dev.weir.socketio.BroadcastAnswers;
import dev.weir.socketio.ConnectRefusedException;
import dev.weir.socketio.DisconnectReason;
import dev.weir.socketio.Namespace;
import dev.weir.socketio.Overflow;
import dev.weir.socketio.Socket;
import dev.weir.socketio.SocketIoServer;
import dev.weir.socketio.SocketObserver;
import dev.weir.socketio.codec.Arguments;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * What pages are told. News of sockets wait in a bounded queue for the housekeeper, who alone tells them, so that a page
 * hears of a socket's end after the list that has it. When there is more news than the queue takes, pages get the whole
 * list anew instead.
 */
final class Feed implements SocketObserver {

    /** News that may wait for the housekeeper's next pass. */
    static final int MAX_NEWS = 1_000;

    private static final String ALL_SOCKETS = "all_sockets";
    private static final String WATCHING = "weir_watching";
    private static final long STATISTICS = TimeUnit.SECONDS.toNanos(AdminUi.SECONDS_BETWEEN_STATISTICS);
    /** After a page of another server was last heard of. */
    private static final long WATCHED = 5 * STATISTICS;
    /** A wrong password is answered after so many milliseconds, so that trying many takes long. */
    private static final long REFUSED_AFTER = 500;

    private record News(String event, List<Object> arguments) {}

    private final SocketIoServer server;
    private final Credentials credentials;
    private final boolean readOnly;
    private final boolean development;
    private final Namespace pages;
    private final ServerStats stats;
    private final SocketList sockets;
    private final Descriptions descriptions;
    private final PageSessions sessions = new PageSessions(System::nanoTime);
    private final Clock clock = Clock.systemUTC();
    private final ArrayBlockingQueue<News> news = new ArrayBlockingQueue<>(MAX_NEWS);
    private final Queue<Socket> newcomers = new ConcurrentLinkedQueue<>();
    private volatile boolean watched;
    private volatile boolean heardElsewhere;
    private volatile boolean missed;

    // The housekeeper's.
    private long statisticsAt;
    private boolean watchedElsewhere;
    private long watchedUntil;

    Feed(AdminUiBuilder settings) {
        server = settings.server;
        credentials = settings.credentials();
        readOnly = settings.readOnly;
        development = settings.development;
        descriptions = new Descriptions(settings.showsData);
        sockets = new SocketList(server, descriptions, settings.maxSockets);
        stats = new ServerStats(server, settings.serverId, clock);
        pages = server.of(settings.namespace);
    }

    EventStream.Subscription start() {
        pages.useAsync(this::admit);
        pages.onConnection(this::welcome);
        pages.onServerSide(WATCHING, arguments -> heardElsewhere = true);
        pages.onServerSide(ALL_SOCKETS, (arguments, ack) -> ack.send(sockets.here()));
        return server.observe(this);
    }

    // Pages

    private CompletionStage<?> admit(Socket page) {
        Map<?, ?> auth = auth(page);
        if (sessions.isKnown(auth.get("sessionId")) || credentials.admit(auth)) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(
                () -> {
                    throw new CompletionException(new ConnectRefusedException("invalid credentials"));
                },
                CompletableFuture.delayedExecutor(REFUSED_AFTER, TimeUnit.MILLISECONDS));
    }

    private static Map<?, ?> auth(Socket page) {
        try {
            Map<?, ?> auth = page.auth(Map.class);
            return auth == null ? Map.of() : auth;
        } catch (IllegalArgumentException notAMap) {
            return Map.of();
        }
    }

    private void welcome(Socket page) {
        watched = true;
        if (!readOnly) {
            new Orders(server).takeFrom(page);
        }
        if (!sessions.isKnown(auth(page).get("sessionId"))) {
            page.emit("session", sessions.begin());
        }
        page.emit("config", Map.of("supportedFeatures", features()));
        newcomers.add(page);
    }

    private List<String> features() {
        List<String> features = new ArrayList<>(readOnly ? List.of() : Orders.FEATURES);
        features.add("AGGREGATED_EVENTS");
        if (development) {
            features.add("ALL_EVENTS");
        }
        return features;
    }

    // What the housekeeper tells

    @Override
    public void tick(long now) {
        boolean here = !pages.sockets().isEmpty();
        if (heardElsewhere) {
            heardElsewhere = false;
            watchedElsewhere = true;
            watchedUntil = now + WATCHED;
        } else if (now - watchedUntil >= 0) {
            watchedElsewhere = false;
        }
        watched = here || watchedElsewhere;
        if (!watched) {
            news.clear();
            newcomers.clear();
            stats.rest();
            statisticsAt = now;
            return;
        }
        tellNews();
        if (tellNewcomers() || now - statisticsAt >= 0) {
            statisticsAt = now + STATISTICS;
            tell("server_stats", stats.next());
            if (here) {
                pages.serverSideEmit(WATCHING);
            }
        }
    }

    private void tellNews() {
        List<News> waiting = new ArrayList<>();
        news.drainTo(waiting);
        waiting.forEach(one -> tell(one.event(), one.arguments().toArray()));
        if (missed) {
            missed = false;
            tellAll(pages.sockets());
        }
    }

    private boolean tellNewcomers() {
        List<Socket> fresh = new ArrayList<>();
        for (Socket page = newcomers.poll(); page != null; page = newcomers.poll()) {
            fresh.add(page);
        }
        if (development && !fresh.isEmpty()) {
            tellAll(fresh);
        }
        return !fresh.isEmpty();
    }

    /** The sockets of this server at once, and those of all when the others have answered. */
    private void tellAll(Collection<Socket> to) {
        List<Socket> asking = List.copyOf(to);
        List<Map<String, Object>> here = sockets.here();
        tellList(asking, here, sockets.total());
        var unused = pages.serverSideEmitWithAck(ALL_SOCKETS).thenAccept(answers -> tellList(asking, here, answers));
    }

    private void tellList(List<Socket> to, List<Map<String, Object>> here, BroadcastAnswers elsewhere) {
        if (!elsewhere.answers().isEmpty()) {
            List<Object> all = sockets.with(here, elsewhere);
            tellList(to, all, Math.max(all.size(), sockets.total()));
        }
    }

    private static void tellList(List<Socket> to, List<?> list, int total) {
        to.forEach(page -> page.emit(ALL_SOCKETS, list, Map.of("shown", list.size(), "total", total)));
    }

    private void tell(String event, Object... arguments) {
        // A page that does not read misses some, and is not closed for it.
        pages.all().overflow(Overflow.DROP_OLDEST).emit(event, arguments);
    }

    // What is observed

    private void note(String event, Object... arguments) {
        if (!news.offer(new News(event, List.of(arguments)))) {
            missed = true;
        }
    }

    private boolean isTold() {
        return watched && development;
    }

    private boolean isTold(Socket socket) {
        return isTold() && socket.namespace() != pages;
    }

    private String time() {
        return clock.instant().toString();
    }

    @Override
    public void connected(Socket socket) {
        if (isTold()) {
            note("socket_connected", descriptions.socket(socket), time());
        }
    }

    @Override
    public void disconnected(Socket socket, DisconnectReason reason) {
        if (isTold()) {
            left(socket, socket.id());
            note("socket_disconnected", name(socket), socket.id(), reason.text(), time());
        }
    }

    @Override
    public void upgraded(Socket socket) {
        if (isTold()) {
            note(
                    "socket_updated",
                    Map.of("id", socket.id(), "nsp", name(socket), "transport", Descriptions.transport(socket)));
        }
    }

    @Override
    public void joined(Socket socket, String room) {
        if (isTold() && Descriptions.tells(room)) {
            note("room_joined", name(socket), room, socket.id(), time());
        }
    }

    @Override
    public void left(Socket socket, String room) {
        if (isTold() && Descriptions.tells(room)) {
            note("room_left", name(socket), room, socket.id(), time());
        }
    }

    @Override
    public void received(Socket socket, String event, Arguments arguments) {
        if (isTold(socket)) {
            note("event_received", name(socket), socket.id(), Descriptions.event(event, arguments), time());
        }
    }

    @Override
    public void sent(Socket socket, String event, Arguments arguments) {
        if (isTold(socket)) {
            note("event_sent", name(socket), socket.id(), Descriptions.event(event, arguments), time());
        }
    }

    private static String name(Socket socket) {
        return socket.namespace().name();
    }

    /** What it is for; never who is let in. */
    @Override
    public String toString() {
        return "admin UI's view of " + server;
    }
}
