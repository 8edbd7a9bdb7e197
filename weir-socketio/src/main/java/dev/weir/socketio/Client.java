package dev.weir.socketio;

import dev.weir.socketio.codec.MalformedPacketException;
import dev.weir.socketio.codec.Packet;
import dev.weir.socketio.codec.PacketFormat;
import dev.weir.socketio.codec.PacketType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection as Socket.IO sees it: the sockets it has in namespaces, and the packets for them. Packets are decoded
 * and judged on the event loop, and handled in the socket's mailbox.
 */
final class Client implements EngineSession.Listener {

    private static final Socket[] NONE = {};
    private static final long FAR = TimeUnit.HOURS.toNanos(1);

    private final SocketIoServer server;
    private final EngineSession session;
    private final PacketFormat.Decoder decoder;

    // Guarded by the session's lock, replaced as a whole.
    private volatile Socket[] sockets = NONE;
    private int paid;

    private long connectBy;

    Client(SocketIoServer server, EngineSession session) {
        Settings settings = server.settings();
        this.server = server;
        this.session = session;
        this.decoder = settings.format.decoder(settings.maxAttachments, settings.maxAttachmentBytes);
        this.connectBy = settings.ticker.nanos() + settings.connectTimeout;
    }

    EngineSession session() {
        return session;
    }

    // Packets

    @Override
    public void onText(String message) throws MalformedPacketException {
        Packet packet = decoder.text(message);
        if (payForHalf()) {
            handle(packet);
        }
    }

    @Override
    public void onBinary(byte[] message) throws MalformedPacketException {
        Packet packet = decoder.binary(message);
        if (payForHalf()) {
            handle(packet);
        }
    }

    /** Pays for a packet whose attachments have not all come; closes the connection if there is no memory for it. */
    private boolean payForHalf() {
        int held = decoder.heldBytes();
        if (held == paid) {
            return true;
        }
        ServerMemory memory = session.server().memory();
        int more = held - paid;
        if (more > 0 && !memory.unfinished().take(more)) {
            session.close(CloseCause.MEMORY);
            return false;
        }
        int back = Math.max(0, -more);
        session.lock().lock();
        try {
            if (session.isOpenNow()) {
                paid = held;
            } else {
                // What was paid before goes back with the end; what was paid just now would be forgotten.
                back = Math.max(0, more);
            }
        } finally {
            session.lock().unlock();
        }
        memory.unfinished().giveBack(back);
        return true;
    }

    private void handle(@Nullable Packet packet) {
        if (packet == null) {
            return;
        }
        Socket socket = find(packet.namespace());
        if (packet.type() == PacketType.CONNECT) {
            if (socket == null || socket.wasSentAway()) {
                enter(packet, socket);
            } else {
                session.close(CloseCause.OUT_OF_PLACE);
            }
            return;
        }
        if (socket != null && socket.wasSentAway() && packet.type() != PacketType.CONNECT_ERROR) {
            // Sent before the client knew that it had been disconnected here.
            return;
        }
        if (socket == null || !socket.isConnected()) {
            session.close(CloseCause.OUT_OF_PLACE);
            return;
        }
        switch (packet.type()) {
            case EVENT ->
                socket.mailbox()
                        .post(
                                () -> socket.namespace().exchange().dispatch(socket, packet),
                                packet.arguments().weight());
            case ACK -> socket.namespace().exchange().answered(socket, packet);
            case DISCONNECT -> {
                remove(socket);
                socket.mailbox()
                        .post(() -> socket.namespace()
                                .membership()
                                .end(socket, DisconnectReason.CLIENT_NAMESPACE_DISCONNECT));
            }
            default -> session.close(CloseCause.OUT_OF_PLACE);
        }
    }

    private void enter(Packet packet, @Nullable Socket before) {
        Namespace namespace = server.known().welcome(packet.namespace());
        if (namespace == null) {
            refuse(packet.namespace(), "Invalid namespace", null);
            return;
        }
        Socket socket = new Socket(namespace, this, packet.arguments());
        if (add(socket, before)) {
            socket.mailbox()
                    .post(
                            () -> namespace.membership().enter(socket),
                            packet.arguments().weight());
        } else {
            refuse(packet.namespace(), "Too many namespaces", null);
            namespace.guestGoes();
        }
    }

    private boolean add(Socket socket, @Nullable Socket before) {
        session.lock().lock();
        try {
            Socket[] kept = before == null ? sockets : without(before);
            if (kept.length >= server.settings().maxNamespaces) {
                return false;
            }
            Socket[] more = Arrays.copyOf(kept, kept.length + 1);
            more[kept.length] = socket;
            sockets = more;
            return true;
        } finally {
            session.lock().unlock();
        }
    }

    /** Tells the client that it is not let in. */
    void refuse(String namespace, String message, @Nullable Object data) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", message);
        if (data != null) {
            error.put("data", data);
        }
        send(new Packet(PacketType.CONNECT_ERROR, namespace, Packet.NO_ID, error));
    }

    /** Sends a packet that must arrive. */
    boolean send(Packet packet) {
        return send(packet, Delivery.SURE);
    }

    boolean send(Packet packet, Delivery delivery) {
        Outgoing outgoing = server.encode(packet, delivery);
        if (outgoing == null) {
            return false;
        }
        try {
            return session.send(outgoing);
        } finally {
            outgoing.release();
        }
    }

    private @Nullable Socket find(String namespace) {
        for (Socket socket : sockets) {
            if (socket.namespace().name().equals(namespace)) {
                return socket;
            }
        }
        return null;
    }

    void remove(Socket socket) {
        session.lock().lock();
        try {
            sockets = without(socket);
        } finally {
            session.lock().unlock();
        }
    }

    private Socket[] without(Socket socket) {
        Socket[] all = sockets;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == socket) {
                if (all.length == 1) {
                    return NONE;
                }
                Socket[] fewer = Arrays.copyOf(all, all.length - 1);
                System.arraycopy(all, i + 1, fewer, i, all.length - i - 1);
                return fewer;
            }
        }
        return all;
    }

    /** Disconnects every socket, then closes the connection. */
    void close() {
        for (Socket socket : sockets) {
            socket.disconnect();
        }
        session.close(CloseCause.SERVER);
    }

    // Deadlines and the end

    @Override
    public void onUpgrade() {
        if (!server.observers().isEmpty()) {
            for (Socket socket : sockets) {
                socket.mailbox().post(() -> tellUpgraded(socket));
            }
        }
    }

    private void tellUpgraded(Socket socket) {
        // Of one that waits to be let in nobody knows yet.
        if (socket.isConnected()) {
            server.observers().tell(observer -> observer.upgraded(socket));
        }
    }

    @Override
    public void onClose(CloseCause cause) {
        Socket[] all;
        int back;
        session.lock().lock();
        try {
            all = sockets;
            sockets = NONE;
            back = paid;
            paid = 0;
        } finally {
            session.lock().unlock();
        }
        session.server().memory().unfinished().giveBack(back);
        for (Socket socket : all) {
            socket.mailbox().post(() -> socket.namespace().membership().end(socket, DisconnectReason.of(cause)));
        }
    }

    @Override
    public long tend(long now) {
        Socket[] all = sockets;
        long next = now + FAR;
        if (connectBy != 0) {
            if (isAnyConnected(all)) {
                connectBy = 0;
            } else if (now - connectBy >= 0) {
                connectBy = 0;
                session.close(CloseCause.CONNECT_TIMEOUT);
            } else {
                next = connectBy;
            }
        }
        for (Socket socket : all) {
            next = Math.min(next, socket.tend(now));
        }
        return next;
    }

    private static boolean isAnyConnected(Socket[] all) {
        for (Socket socket : all) {
            if (socket.isConnected()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int weight() {
        int bytes = 300;
        for (Socket socket : sockets) {
            bytes += socket.weight();
        }
        return bytes;
    }
}
