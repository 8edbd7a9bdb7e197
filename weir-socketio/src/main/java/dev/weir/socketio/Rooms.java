package dev.weir.socketio;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a namespace on this server. A room is there while somebody is in it. The room that every socket has by
 * its id is not kept: the id finds the socket. Safe for all threads; looking needs no lock.
 */
final class Rooms {

    private final ReentrantLock lock = new ReentrantLock();
    private final int maxRooms;
    private final Observers observers;
    private volatile ConcurrentHashMap<String, Set<Socket>> members = new ConcurrentHashMap<>();

    Rooms(int maxRooms, Observers observers) {
        this.maxRooms = maxRooms;
        this.observers = observers;
    }

    void join(Socket socket, String room) {
        if (!room.equals(socket.id()) && enter(socket, room)) {
            observers.tell(observer -> observer.joined(socket, room));
        }
    }

    private boolean enter(Socket socket, String room) {
        lock.lock();
        try {
            if (!socket.isConnected()) {
                return false;
            }
            Set<String> in = socket.rooms;
            if (in == null) {
                in = new HashSet<>(4);
                socket.rooms = in;
            }
            if (in.size() >= maxRooms && !in.contains(room)) {
                throw new IllegalStateException(
                        "a socket is in at most " + maxRooms + " rooms: leave some, or raise maxRooms of the server");
            }
            if (!in.add(room)) {
                return false;
            }
            members.computeIfAbsent(room, name -> ConcurrentHashMap.newKeySet(2))
                    .add(socket);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave(Socket socket, String room) {
        lock.lock();
        try {
            Set<String> in = socket.rooms;
            if (in == null || !in.remove(room)) {
                return;
            }
            removeFrom(room, socket);
            if (in.isEmpty()) {
                socket.rooms = null;
            }
        } finally {
            lock.unlock();
        }
        observers.tell(observer -> observer.left(socket, room));
    }

    void leaveAll(Socket socket) {
        Set<String> in;
        lock.lock();
        try {
            in = socket.rooms;
            socket.rooms = null;
            if (in != null) {
                in.forEach(room -> removeFrom(room, socket));
            }
        } finally {
            lock.unlock();
        }
        if (in != null && !observers.isEmpty()) {
            in.forEach(room -> observers.tell(observer -> observer.left(socket, room)));
        }
    }

    private void removeFrom(String room, Socket socket) {
        Set<Socket> all = members.get(room);
        if (all != null) {
            all.remove(socket);
            if (all.isEmpty()) {
                members.remove(room);
            }
        }
        if (members.isEmpty()) {
            members = new ConcurrentHashMap<>();
        }
    }

    /** The rooms a socket is in, its own aside. */
    Set<String> of(Socket socket) {
        lock.lock();
        try {
            Set<String> in = socket.rooms;
            return in == null ? Set.of() : Set.copyOf(in);
        } finally {
            lock.unlock();
        }
    }

    /** Who is in a room; a live view. */
    Collection<Socket> in(String room) {
        @Nullable Set<Socket> all = members.get(room);
        return all == null ? Set.of() : all;
    }

    boolean isIn(Socket socket, String room) {
        return room.equals(socket.id()) || in(room).contains(socket);
    }

    int size() {
        return members.size();
    }
}
