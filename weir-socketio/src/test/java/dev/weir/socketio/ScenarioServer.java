package dev.weir.socketio;

import dev.weir.socketio.admin.AdminUi;
import dev.weir.socketio.admin.AdminUiBuilder;
import dev.weir.socketio.codec.Arguments;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The servers that the scenarios in {@code src/test/js} are played against; {@code SCENARIOS.md} there says what they
 * offer. Prints the port of the first and ends when its input does.
 */
final class ScenarioServer implements AutoCloseable {

    private static final int REMEMBERED_ENDS = 10_000;

    private final Map<String, SocketIoServer> servers = new LinkedHashMap<>();

    ScenarioServer() {
        start("main", plain());
        start("short", timed(plain(), 300, 200).connectTimeout(millis(500)).upgradeTimeout(millis(500)));
        start("recovery", timed(plain(), 300, 300).connectionStateRecovery(millis(2_000), 4 * 1024 * 1024));
        start(
                "options",
                plain().path("/custom-path/")
                        .cookie("io")
                        .cors(Cors.origins("http://app.example")
                                .withHeaders("x-token")
                                .withCredentials()
                                .withMaxAge(Duration.ofSeconds(600)))
                        .allowRequest(handshake -> !handshake.header("x-refuse").equals(java.util.Optional.of("yes")))
                        .deflate(true));
        start("msgpack", plain().msgpack());
        start(
                "limits",
                timed(plain(), 1_000, 1_000)
                        .maxPayload(10_000)
                        .maxAttachmentBytes(40_000)
                        .maxConnectionsPerAddress(20)
                        .requestTimeout(millis(1_000))
                        .connectTimeout(millis(1_000))
                        .maxPacketsPerSecond(200)
                        .maxNamespaces(20));
        administer(start("admin", plain())).development(true).maxSockets(10).install();
        administer(start("looked-at", plain())).readOnly(true).install();
        start(
                "slow",
                timed(plain(), 300, 5_000)
                        .maxOutboundBytes(1024 * 1024)
                        .slowReaderTimeout(millis(1_000))
                        .middlewareTimeout(millis(1_000))
                        .sendBuffer(64 * 1024));
    }

    public static void main(String[] arguments) throws IOException {
        try (ScenarioServer scenarios = new ScenarioServer()) {
            System.out.println("PORT=" + scenarios.port("main"));
            System.out.flush();
            while (System.in.read() >= 0) {
                // Until the input ends.
            }
        }
    }

    int port(String name) {
        return Objects.requireNonNull(servers.get(name)).port();
    }

    @Override
    public void close() {
        servers.values().forEach(SocketIoServer::close);
    }

    private static SocketIoServerBuilder plain() {
        return SocketIoServer.builder().port(0).maxConnectionsPerAddress(0);
    }

    private static SocketIoServerBuilder timed(SocketIoServerBuilder builder, long interval, long timeout) {
        return builder.pingInterval(millis(interval)).pingTimeout(millis(timeout));
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static AdminUiBuilder administer(SocketIoServer server) {
        return AdminUi.on(server).password("ops", "correct horse");
    }

    private SocketIoServer start(String name, SocketIoServerBuilder builder) {
        SocketIoServer server = builder.name(name).start();
        servers.put(name, server);
        Map<String, String> ends = Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > REMEMBERED_ENDS;
            }
        });
        server.onError(failure -> System.err.println(name + ": " + failure));
        serve(server.main(), ends);
        serve(server.of("/custom"), ends);
        DynamicNamespaces rooms = server.of(Pattern.compile("/room-\\d+"));
        rooms.onConnection(socket -> handle(socket, ends));
        serve(
                server.of("/auth").use(socket -> {
                    Map<?, ?> auth = socket.auth(Map.class);
                    if (auth == null || !"secret".equals(auth.get("token"))) {
                        throw new ConnectRefusedException("not authorized", hint());
                    }
                    Object user = auth.get("user");
                    if (user != null) {
                        socket.data().put("user", user);
                    }
                }),
                ends);
        server.of("/auth")
                .onConnection(socket -> socket.emit(
                        "welcome",
                        Collections.singletonMap("user", socket.data().get("user"))));
        serve(
                server.of("/slow")
                        .use(socket -> new java.util.concurrent.CountDownLatch(1).await(200, TimeUnit.MILLISECONDS)),
                ends);
        serve(server.of("/later").useAsync(ScenarioServer::decideLater).useAsync(ScenarioServer::decideLater), ends);
        serve(server.of("/greet"), ends).onConnection(socket -> {
            for (int i = 1; i <= 3; i++) {
                socket.emit("greet", i);
            }
        });
        server.of("/any").onConnection(socket -> {
            remember(socket, ends);
            socket.onAny((event, arguments, ack) -> {
                List<@Nullable Object> all = new ArrayList<>(arguments.toList());
                all.add(0, event);
                socket.emit("caught", all.toArray());
            });
        });
        return server;
    }

    private Namespace serve(Namespace namespace, Map<String, String> ends) {
        return namespace.onConnection(socket -> handle(socket, ends));
    }

    /** After the milliseconds of {@code auth.wait}, by {@code auth.token}; without a wait it never does. */
    private static CompletableFuture<Void> decideLater(Socket socket) {
        Map<?, ?> auth = Objects.requireNonNull(socket.auth(Map.class));
        CompletableFuture<Void> decision = new CompletableFuture<>();
        if (auth.get("wait") instanceof Number wait) {
            CompletableFuture.delayedExecutor(wait.longValue(), TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if ("secret".equals(auth.get("token"))) {
                            decision.complete(null);
                        } else {
                            decision.completeExceptionally(new ConnectRefusedException("not authorized", hint()));
                        }
                    });
        }
        return decision;
    }

    private static Map<String, Object> hint() {
        Map<String, Object> hint = new LinkedHashMap<>();
        hint.put("code", 401);
        hint.put("hint", "token");
        return hint;
    }

    private static void remember(Socket socket, Map<String, String> ends) {
        socket.onDisconnect(reason -> ends.put(socket.id(), reason.text()));
    }

    private void handle(Socket socket, Map<String, String> ends) {
        remember(socket, ends);
        Namespace namespace = socket.namespace();
        socket.on("echo", (arguments, ack) -> socket.emit("echo", values(arguments, 0)));
        socket.on("ack", (arguments, ack) -> ack.send(values(arguments, 0)));
        socket.on("silent", (arguments, ack) -> {});
        socket.on("whoami", (arguments, ack) -> ack.send(whoAmI(socket)));
        socket.on("ask", (arguments, ack) -> ask(socket, arguments));
        socket.on("join", (arguments, ack) -> {
            socket.join(text(arguments, 0));
            ack.send(true);
        });
        socket.on("leave", (arguments, ack) -> {
            socket.leave(text(arguments, 0));
            ack.send(true);
        });
        socket.on("rooms", (arguments, ack) -> ack.send(new TreeSet<>(socket.rooms())));
        socket.on("send", (arguments, ack) -> {
            options(socket, arguments).emit(text(arguments, 1), values(arguments, 2));
            ack.send(true);
        });
        socket.on("send-ack", (arguments, ack) -> sendAck(namespace, arguments, ack));
        socket.on(
                "fetch",
                (arguments, ack) ->
                        namespace.to(text(arguments, 0)).fetchSockets().thenAccept(found -> ack.send(describe(found))));
        socket.on("sockets-join", (arguments, ack) -> {
            namespace.to(text(arguments, 0)).socketsJoin(text(arguments, 1));
            ack.send(true);
        });
        socket.on("sockets-leave", (arguments, ack) -> {
            namespace.to(text(arguments, 0)).socketsLeave(text(arguments, 1));
            ack.send(true);
        });
        socket.on("sockets-disconnect", (arguments, ack) -> {
            namespace.to(text(arguments, 0)).disconnectSockets(truth(arguments, 1));
            ack.send(true);
        });
        socket.on("set-data", (arguments, ack) -> {
            Object value = arguments.get(0, Object.class);
            if (value == null) {
                socket.data().remove("value");
            } else {
                socket.data().put("value", value);
            }
            ack.send(true);
        });
        socket.on("get-data", (arguments, ack) -> ack.send(orNull(socket.data().get("value"))));
        socket.on("volatile", (arguments, ack) -> {
            socket.asVolatile().emit(text(arguments, 0), values(arguments, 1));
            socket.emit("after-volatile");
        });
        socket.on("disconnect-me", (arguments, ack) -> socket.disconnect(truth(arguments, 0)));
        socket.on("reason", (arguments, ack) -> ack.send(orNull(ends.get(text(arguments, 0)))));
        socket.on("servers", (arguments, ack) -> {
            Map<String, Integer> ports = new HashMap<>();
            servers.forEach((name, server) -> ports.put(name, server.port()));
            ack.send(ports);
        });
        socket.on("stats", (arguments, ack) -> ack.send(statistics()));
        socket.on("burst", (arguments, ack) -> {
            burst(namespace, arguments);
            ack.send(true);
        });
    }

    private static Map<String, @Nullable Object> whoAmI(Socket socket) {
        Map<String, @Nullable Object> who = new HashMap<>();
        Map<?, ?> auth = socket.auth(Map.class);
        who.put("id", socket.id());
        who.put("namespace", socket.namespace().name());
        who.put("auth", auth == null ? Map.of() : auth);
        who.put("query", socket.handshake().query());
        who.put("transport", socket.isOnWebSocket() ? "websocket" : "polling");
        who.put("recovered", socket.recovered());
        who.put("address", socket.handshake().address());
        return who;
    }

    private static void ask(Socket socket, Arguments arguments) {
        Integer wait = arguments.get(0, Integer.class);
        var unused = socket.timeout(millis(wait == null ? 0 : wait))
                .emitWithAck("question", values(arguments, 1))
                .handle((answer, failure) -> socket.emit(
                        "answer",
                        answer == null ? Map.of("ok", false) : Map.of("ok", true, "values", answer.toList())));
    }

    private static Broadcast options(Socket socket, Arguments arguments) {
        Map<?, ?> options = Objects.requireNonNull(arguments.get(0, Map.class));
        Broadcast broadcast =
                Boolean.TRUE.equals(options.get("self")) ? socket.namespace().all() : socket.broadcast();
        if (options.get("to") instanceof List<?> rooms) {
            broadcast = broadcast.to(strings(rooms));
        }
        if (options.get("except") instanceof List<?> rooms) {
            broadcast = broadcast.except(strings(rooms));
        }
        if (Boolean.TRUE.equals(options.get("volatile"))) {
            broadcast = broadcast.asVolatile();
        }
        return Boolean.TRUE.equals(options.get("local")) ? broadcast.local() : broadcast;
    }

    private static void sendAck(Namespace namespace, Arguments arguments, Ack ack) {
        Map<?, ?> options = Objects.requireNonNull(arguments.get(0, Map.class));
        Broadcast broadcast = namespace.all();
        if (options.get("to") instanceof List<?> rooms) {
            broadcast = broadcast.to(strings(rooms));
        }
        if (options.get("timeout") instanceof Number wait) {
            broadcast = broadcast.timeout(millis(wait.longValue()));
        }
        var unused = broadcast
                .emitWithAck(text(arguments, 1), values(arguments, 2))
                .thenAccept(answers -> {
                    List<@Nullable Object> first = new ArrayList<>();
                    answers.answers().forEach(answer -> first.add(answer.get(0, Object.class)));
                    ack.send(Map.of("complete", answers.isComplete(), "responses", first));
                });
    }

    private static List<Map<String, @Nullable Object>> describe(List<RemoteSocket> found) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        found.stream().sorted(java.util.Comparator.comparing(RemoteSocket::id)).forEach(socket -> {
            Map<String, @Nullable Object> one = new HashMap<>();
            one.put("id", socket.id());
            one.put("rooms", new TreeSet<>(socket.rooms()));
            one.put("data", socket.data().get("value"));
            all.add(one);
        });
        return all;
    }

    private Map<String, Long> statistics() {
        long clients = 0;
        long buffers = 0;
        for (SocketIoServer server : servers.values()) {
            ServerStatistics now = server.statistics();
            clients += now.sessions();
            buffers += now.reservedBytes();
        }
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return Map.of("clients", clients, "memory", heap + buffers);
    }

    private static void burst(Namespace namespace, Arguments arguments) {
        Map<?, ?> options = Objects.requireNonNull(arguments.get(0, Map.class));
        String event = text(arguments, 1);
        Broadcast broadcast = namespace.to(String.valueOf(options.get("room")));
        broadcast = switch (String.valueOf(options.get("policy"))) {
            case "close" -> broadcast.overflow(Overflow.CLOSE);
            case "drop-oldest" -> broadcast.overflow(Overflow.DROP_OLDEST);
            case "drop-newest" -> broadcast.overflow(Overflow.DROP_NEWEST);
            case "latest" -> broadcast.keepLatest(String.valueOf(options.get("key")));
            default -> broadcast;
        };
        String text = "x".repeat(number(options, "size"));
        int from = number(options, "from");
        for (int i = 0; i < number(options, "count"); i++) {
            broadcast.emit(event, from + i, text);
        }
    }

    private static int number(Map<?, ?> options, String name) {
        return options.get(name) instanceof Number number ? number.intValue() : 0;
    }

    private static String text(Arguments arguments, int index) {
        return Objects.requireNonNull(arguments.get(index, String.class));
    }

    private static boolean truth(Arguments arguments, int index) {
        return Boolean.TRUE.equals(arguments.get(index, Boolean.class));
    }

    private static Object[] values(Arguments arguments, int from) {
        return arguments.from(from).toList().toArray();
    }

    private static String[] strings(List<?> list) {
        return list.stream().map(String::valueOf).toArray(String[]::new);
    }

    /** An array of one null rather than a null array. */
    private static Object[] orNull(@Nullable Object value) {
        return Arrays.asList(value).toArray();
    }
}
