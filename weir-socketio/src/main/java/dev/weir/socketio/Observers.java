package dev.weir.socketio;

import dev.weir.event.EventStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who observes a server; safe for all threads. While nobody does, nothing is done or made for it. */
final class Observers {

    private final SocketIoServer server;
    private final List<SocketObserver> all = new CopyOnWriteArrayList<>();

    Observers(SocketIoServer server) {
        this.server = server;
    }

    EventStream.Subscription add(SocketObserver observer) {
        all.add(observer);
        return () -> all.remove(observer);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void tell(Consumer<SocketObserver> news) {
        if (all.isEmpty()) {
            return;
        }
        for (SocketObserver observer : all) {
            server.guard(() -> news.accept(observer));
        }
    }
}
