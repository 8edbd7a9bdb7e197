package dev.weir.socketio.admin;

import dev.weir.socketio.BroadcastAnswers;
import dev.weir.socketio.Namespace;
import dev.weir.socketio.Socket;
import dev.weir.socketio.SocketIoServer;
import dev.weir.socketio.codec.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The list of sockets that a page begins with: so many, and so many bytes, at most. Safe for all threads. */
final class SocketList {

    /** Such that the list fits beside other packets into what may wait for a page. */
    static final int MAX_BYTES = 512 * 1024;

    private final SocketIoServer server;
    private final Descriptions descriptions;
    private final int maxSockets;

    SocketList(SocketIoServer server, Descriptions descriptions, int maxSockets) {
        this.server = server;
        this.descriptions = descriptions;
        this.maxSockets = maxSockets;
    }

    /** How many there are on this server, told or not. */
    int total() {
        return namespaces().stream()
                .mapToInt(namespace -> namespace.sockets().size())
                .sum();
    }

    /** Those of this server. */
    List<Map<String, Object>> here() {
        List<Map<String, Object>> all = new ArrayList<>();
        long bytes = 0;
        for (Namespace namespace : namespaces()) {
            for (Socket socket : namespace.sockets()) {
                if (all.size() >= maxSockets || bytes >= MAX_BYTES) {
                    return all;
                }
                Map<String, Object> one = descriptions.socket(socket);
                bytes += Descriptions.size(one);
                all.add(one);
            }
        }
        return all;
    }

    /** The same with those that other servers have told, within the same bounds. */
    List<Object> with(List<Map<String, Object>> here, BroadcastAnswers elsewhere) {
        List<Object> all = new ArrayList<>(here);
        long bytes = Descriptions.size(here);
        for (Arguments answer : elsewhere.answers()) {
            bytes += answer.weight();
            if (bytes <= 2L * MAX_BYTES && answer.get(0, Object.class) instanceof List<?> more) {
                more.stream().limit(Math.max(0, maxSockets - all.size())).forEach(all::add);
            }
        }
        return all;
    }

    private List<Namespace> namespaces() {
        List<Namespace> all = new ArrayList<>();
        server.namespaces().forEach(name -> server.find(name).ifPresent(all::add));
        return all;
    }
}
