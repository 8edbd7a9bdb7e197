package dev.weir.dashboard;

import dev.weir.socketio.ConnectionBytes;
import dev.weir.socketio.ServerStatistics;
import dev.weir.socketio.SocketIoServer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Socket.IO server and its clients.
 *
 * @param name its name
 * @param address where it listens
 * @param statistics its counts
 * @param addresses connections by address, those with the most first, at most {@value #MOST_ADDRESSES}
 * @param connections what each connection holds, the most queued first, at most {@value #MOST_CONNECTIONS}
 */
record Sockets(
        String name,
        String address,
        ServerStatistics statistics,
        List<AddressRow> addresses,
        List<ConnectionBytes> connections) {

    static final int MOST_ADDRESSES = 100;
    static final int MOST_CONNECTIONS = 200;
    private static final int LOOKED_AT = 20_000;

    /** What one address has: bytes. */
    record AddressRow(String address, int connections, long heap, long queued) {
        AddressRow plus(ConnectionBytes one) {
            return new AddressRow(address, connections + 1, heap + one.heap(), queued + one.queued());
        }
    }

    static Sockets of(String name, SocketIoServer server) {
        List<ConnectionBytes> all = server.connectionBytes(LOOKED_AT);
        Map<String, AddressRow> byAddress = new TreeMap<>();
        for (ConnectionBytes one : all) {
            byAddress.compute(
                    one.address(), (address, row) -> (row == null ? new AddressRow(address, 0, 0, 0) : row).plus(one));
        }
        List<AddressRow> rows = new ArrayList<>(byAddress.values());
        rows.sort(Comparator.comparingInt(AddressRow::connections).reversed());
        return new Sockets(
                name,
                server.address().getAddress().getHostAddress() + ":" + server.port(),
                server.statistics(),
                List.copyOf(rows.subList(0, Math.min(MOST_ADDRESSES, rows.size()))),
                List.copyOf(all.subList(0, Math.min(MOST_CONNECTIONS, all.size()))));
    }
}
