package dev.weir.socketio;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Sends to many sockets of a namespace, or acts on them. Immutable, safe for all threads; nothing blocks. An event is
 * encoded once, whatever the number of sockets.
 */
public final class Broadcast {

    private final Namespace namespace;
    private final Set<String> rooms;
    private final Set<String> except;
    private final Sending sending;

    Broadcast(Namespace namespace, Set<String> rooms, Set<String> except, Sending sending) {
        this.namespace = namespace;
        this.rooms = rooms;
        this.except = except;
        this.sending = sending;
    }

    /** To these rooms as well; a socket that is in several gets it once. */
    public Broadcast to(String... more) {
        return new Broadcast(namespace, with(rooms, more), except, sending);
    }

    /** The same as {@link #to}. */
    public Broadcast in(String... more) {
        return to(more);
    }

    /** Not to the sockets in these rooms. */
    public Broadcast except(String... more) {
        return new Broadcast(namespace, rooms, with(except, more), sending);
    }

    /** Only to sockets of this server. */
    public Broadcast local() {
        return new Broadcast(namespace, rooms, except, sending.onlyHere());
    }

    /** Dropped where a transport cannot take it at once. */
    public Broadcast asVolatile() {
        return new Broadcast(namespace, rooms, except, sending.asVolatile());
    }

    /** With this policy where a client's queue is full. */
    public Broadcast overflow(Overflow policy) {
        return new Broadcast(namespace, rooms, except, sending.overflow(policy));
    }

    /** Replacing what still waits under the same key, client by client. */
    public Broadcast keepLatest(String key) {
        return new Broadcast(namespace, rooms, except, sending.keepLatest(key));
    }

    /** Waiting so long for answers. */
    public Broadcast timeout(Duration wait) {
        return new Broadcast(namespace, rooms, except, sending.timeout(wait));
    }

    /**
     * Sends an event.
     *
     * @throws IllegalArgumentException if the name is Socket.IO's own, or an argument cannot be written
     */
    public void emit(String event, Object... arguments) {
        Delivery delivery = sending.delivery(namespace.settings());
        namespace.adapter().broadcast(Namespace.event(event, arguments), target(), delivery.overflow(), delivery.key());
    }

    /**
     * Sends an event and gathers the answers until all have come or the time is over.
     *
     * @throws IllegalArgumentException as {@link #emit}
     */
    public CompletionStage<BroadcastAnswers> emitWithAck(String event, Object... arguments) {
        Settings settings = namespace.settings();
        AnswerGathering gathering = new AnswerGathering(namespace.server().executor());
        List<Object> all = Namespace.event(event, arguments);
        if (sending.local()) {
            gathering.servers(1);
        } else {
            // Where the others cannot be counted, those that are known to have been asked will do.
            namespace
                    .adapter()
                    .servers()
                    .whenComplete((count, failure) -> gathering.servers(failure == null ? count : 1));
        }
        namespace
                .adapter()
                .broadcastWithAck(
                        all,
                        target(),
                        sending.delivery(settings).overflow(),
                        Duration.ofNanos(sending.timeoutNanos(settings)),
                        gathering);
        return gathering.result();
    }

    /** The sockets meant, as they are now. */
    public CompletionStage<List<RemoteSocket>> fetchSockets() {
        return namespace.adapter().fetch(target());
    }

    /** Makes them join rooms. */
    public void socketsJoin(String... joined) {
        namespace.adapter().join(target(), Arrays.asList(joined));
    }

    /** Makes them leave rooms. */
    public void socketsLeave(String... left) {
        namespace.adapter().leave(target(), Arrays.asList(left));
    }

    /** Disconnects them; from all namespaces, with their connections, if {@code close}. */
    public void disconnectSockets(boolean close) {
        namespace.adapter().disconnect(target(), close);
    }

    private Target target() {
        return new Target(rooms, except, sending.isVolatile(), sending.local());
    }

    static Set<String> with(Collection<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(Arrays.asList(more));
        return all;
    }
}
