package dev.weir.socketio.admin;

import dev.weir.socketio.Handshake;
import dev.weir.socketio.Socket;
import dev.weir.socketio.codec.Arguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sockets and events as pages see them, each bounded. What may hold secrets is left out: of the headers and the query only
 * a few are told, and of the request's address the path.
 */
final class Descriptions {

    private static final List<String> HEADERS = List.of("host", "origin", "user-agent");
    private static final List<String> QUERY = List.of("EIO", "transport");
    private static final int MAX_ROOMS = 100;
    private static final int MAX_DATA = 20;
    private static final int MAX_TEXT = 256;
    private static final int ITEM = 8;
    private static final int MAX_EVENT_BYTES = 4_096;

    private final boolean showsData;

    Descriptions(boolean showsData) {
        this.showsData = showsData;
    }

    Map<String, Object> socket(Socket socket) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("id", socket.id());
        all.put("clientId", socket.clientId());
        all.put("transport", transport(socket));
        all.put("nsp", socket.namespace().name());
        all.put("data", data(socket));
        all.put("handshake", handshake(socket.handshake()));
        all.put("rooms", rooms(socket));
        return all;
    }

    static String transport(Socket socket) {
        return socket.isOnWebSocket() ? "websocket" : "polling";
    }

    /** Whether a room is told of: a longer name could not be given back whole. */
    static boolean tells(String room) {
        return room.length() <= MAX_TEXT;
    }

    private static List<String> rooms(Socket socket) {
        List<String> rooms = new ArrayList<>();
        rooms.add(socket.id());
        for (String room : socket.rooms()) {
            if (rooms.size() < MAX_ROOMS && tells(room) && !room.equals(socket.id())) {
                rooms.add(room);
            }
        }
        return rooms;
    }

    private static Map<String, Object> handshake(Handshake handshake) {
        String uri = handshake.uri();
        int query = uri.indexOf('?');
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("address", handshake.address());
        all.put("headers", some(handshake.headers(), HEADERS));
        all.put("query", some(handshake.query(), QUERY));
        all.put("issued", handshake.time().toEpochMilli());
        all.put("secure", handshake.secure());
        all.put("time", handshake.time().toString());
        all.put("url", cut(query < 0 ? uri : uri.substring(0, query)));
        all.put("xdomain", handshake.header("origin").isPresent());
        return all;
    }

    private static Map<String, String> some(Map<String, String> all, List<String> names) {
        Map<String, String> told = new LinkedHashMap<>();
        for (String name : names) {
            String value = all.get(name);
            if (value != null) {
                told.put(name, cut(value));
            }
        }
        return told;
    }

    private Map<String, Object> data(Socket socket) {
        Map<String, Object> told = new LinkedHashMap<>();
        if (showsData) {
            socket.dataNow().forEach((name, value) -> {
                if (told.size() < MAX_DATA) {
                    boolean plain = value instanceof Number || value instanceof Boolean;
                    told.put(cut(name), plain ? value : cut(String.valueOf(value)));
                }
            });
        }
        return told;
    }

    /** An event's name and arguments; of large arguments only how many there are. */
    static List<@Nullable Object> event(String event, Arguments arguments) {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(cut(event));
        // What is sent does not know its weight.
        List<@Nullable Object> values = arguments.weight() <= MAX_EVENT_BYTES ? arguments.toList() : List.of();
        if (values.size() == arguments.size() && size(values) <= MAX_EVENT_BYTES) {
            all.addAll(values);
        } else {
            all.add("(" + arguments.size() + " arguments, too large to show)");
        }
        return all;
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }

    /** About the length of a value as JSON. */
    static long size(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToLong(entry -> size(entry.getKey()) + size(entry.getValue()))
                    .sum();
        }
        if (value instanceof Collection<?> list) {
            return list.stream().mapToLong(Descriptions::size).sum();
        }
        if (value instanceof byte[] binary) {
            return binary.length;
        }
        return (long) ITEM + (value instanceof String text ? text.length() : 0);
    }
}
