package dev.weir.socketio;

import dev.weir.socketio.codec.Arguments;
import dev.weir.socketio.codec.Packet;
import dev.weir.socketio.codec.PacketType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reaches the sockets of this server. */
final class LocalAdapter implements Adapter {

    private final Namespace namespace;

    LocalAdapter(Namespace namespace) {
        this.namespace = namespace;
    }

    @Override
    public void broadcast(List<@Nullable Object> event, Target target, Overflow overflow, @Nullable String key) {
        Delivery delivery = new Delivery(overflow, key, target.isVolatile());
        Recovery recovery = namespace.recovery();
        if (recovery == null || target.isVolatile()) {
            send(new Packet(PacketType.EVENT, namespace.name(), Packet.NO_ID, event), delivery, outgoing -> {
                each(target, socket -> socket.client().session().send(outgoing));
            });
            return;
        }
        recovery.locked(() -> {
            List<@Nullable Object> withOffset = new ArrayList<>(event);
            withOffset.add(recovery.nextOffset());
            send(new Packet(PacketType.EVENT, namespace.name(), Packet.NO_ID, withOffset), delivery, outgoing -> {
                recovery.keep(outgoing, target, namespace.settings().ticker.nanos());
                each(target, socket -> socket.client().session().send(outgoing));
            });
            return true;
        });
    }

    private void send(Packet packet, Delivery delivery, Consumer<Outgoing> sending) {
        Outgoing outgoing = namespace.server().encode(packet, delivery);
        if (outgoing == null) {
            return;
        }
        try {
            sending.accept(outgoing);
        } finally {
            outgoing.release();
        }
    }

    @Override
    public void broadcastWithAck(
            List<@Nullable Object> event, Target target, Overflow overflow, Duration timeout, AnswerListener listener) {
        List<Socket> asked = new ArrayList<>();
        each(target, asked::add);
        listener.asked(asked.size());
        PendingAcks.Awaiting awaiting = new Telling(listener);
        long id = namespace.nextAckId();
        Packet packet = new Packet(PacketType.EVENT, namespace.name(), id, event);
        Delivery delivery = new Delivery(overflow, null, target.isVolatile());
        boolean[] encoded = new boolean[1];
        send(packet, delivery, outgoing -> {
            encoded[0] = true;
            for (Socket socket : asked) {
                AckException.Why refused = namespace.exchange().await(socket, id, awaiting, timeout.toNanos());
                if (refused != null) {
                    awaiting.failed(refused);
                } else if (!socket.client().session().send(outgoing)) {
                    namespace.exchange().notSent(socket, id);
                }
            }
        });
        if (!encoded[0]) {
            asked.forEach(socket -> awaiting.failed(AckException.Why.NOT_SENT));
        }
    }

    private record Telling(AnswerListener listener) implements PendingAcks.Awaiting {
        @Override
        public void answered(Arguments arguments) {
            listener.answered(arguments);
        }

        @Override
        public void failed(AckException.Why why) {
            listener.unanswered();
        }
    }

    @Override
    public CompletionStage<List<RemoteSocket>> fetch(Target target) {
        List<RemoteSocket> found = new ArrayList<>();
        each(
                target,
                socket -> found.add(new RemoteSocket(
                        socket.id(),
                        socket.rooms(),
                        socket.dataNow(),
                        socket.handshake().address())));
        return CompletableFuture.completedFuture(found);
    }

    @Override
    public void join(Target target, Collection<String> rooms) {
        eachOfCopy(target, socket -> socket.join(rooms.toArray(String[]::new)));
    }

    @Override
    public void leave(Target target, Collection<String> rooms) {
        eachOfCopy(target, socket -> rooms.forEach(socket::leave));
    }

    @Override
    public void disconnect(Target target, boolean close) {
        eachOfCopy(target, socket -> socket.disconnect(close));
    }

    @Override
    public void serverSideEmit(List<@Nullable Object> event) {
        // There is no other server.
    }

    @Override
    public CompletionStage<BroadcastAnswers> serverSideEmitWithAck(List<@Nullable Object> event, Duration timeout) {
        return CompletableFuture.completedFuture(new BroadcastAnswers(List.of(), 0));
    }

    @Override
    public CompletionStage<Integer> servers() {
        return CompletableFuture.completedFuture(1);
    }

    @Override
    public void close() {}

    /** For what changes rooms while they are walked. */
    private void eachOfCopy(Target target, Consumer<Socket> work) {
        List<Socket> sockets = new ArrayList<>();
        each(target, sockets::add);
        sockets.forEach(work);
    }

    private void each(Target target, Consumer<Socket> work) {
        Set<String> rooms = target.rooms();
        if (rooms.isEmpty()) {
            for (Socket socket : namespace.live().values()) {
                visit(socket, target, work);
            }
        } else if (rooms.size() == 1) {
            visitRoom(rooms.iterator().next(), socket -> visit(socket, target, work));
        } else {
            Set<Socket> all = new LinkedHashSet<>();
            rooms.forEach(room -> visitRoom(room, all::add));
            all.forEach(socket -> visit(socket, target, work));
        }
    }

    private void visitRoom(String room, Consumer<Socket> work) {
        Socket byId = namespace.live().get(room);
        if (byId != null) {
            work.accept(byId);
        }
        namespace.rooms().in(room).forEach(work);
    }

    private void visit(Socket socket, Target target, Consumer<Socket> work) {
        if (!target.except().isEmpty()) {
            for (String room : target.except()) {
                if (namespace.rooms().isIn(socket, room)) {
                    return;
                }
            }
        }
        work.accept(socket);
    }
}
