package dev.weir.socketio;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How a namespace reaches its sockets. The one it is born with reaches those of this server; one that connects servers
 * wraps it: it calls it for what is here, tells the others, and calls it again for what the others tell. Safe for all
 * threads; never blocks.
 */
public interface Adapter extends AutoCloseable {

    /** Sends an event, its name first, to everyone meant. */
    void broadcast(List<@Nullable Object> event, Target target, Overflow overflow, @Nullable String key);

    /** Sends an event and tells the listener of the answers as they come. */
    void broadcastWithAck(
            List<@Nullable Object> event, Target target, Overflow overflow, Duration timeout, AnswerListener listener);

    /** The sockets meant; a {@link ClusterException} if another server did not answer in time. */
    CompletionStage<List<RemoteSocket>> fetch(Target target);

    /** Makes the sockets meant join rooms. */
    void join(Target target, Collection<String> rooms);

    /** Makes the sockets meant leave rooms. */
    void leave(Target target, Collection<String> rooms);

    /** Disconnects the sockets meant; from all namespaces, with their connections, if {@code close}. */
    void disconnect(Target target, boolean close);

    /** Sends an event to the namespace's handlers on the other servers; nothing where there are none. */
    void serverSideEmit(List<@Nullable Object> event);

    /** The same, gathering what those that answer say within the time. */
    CompletionStage<BroadcastAnswers> serverSideEmitWithAck(List<@Nullable Object> event, Duration timeout);

    /** How many servers there are, this one included; a {@link ClusterException} if that cannot be told. */
    CompletionStage<Integer> servers();

    /**
     * Whether it keeps sessions and events itself, so that a client can come back to any server. It then appends an
     * offset to each event that is not volatile, and the server keeps nothing of its own. Must never change.
     */
    default boolean keepsSessions() {
        return false;
    }

    /** Keeps what a client was, if {@link #keepsSessions}. */
    default void save(SavedSession session) {}

    /**
     * Finds what a client was and what it has missed, if {@link #keepsSessions}. The texts come from the client.
     *
     * @param entering lets the client in; called at most once, on any thread, while the namespace delivers nothing, so
     *     that the client misses no event and gets none twice; must not block
     * @return what {@code entering} returned, or {@code false} if it was not called; never fails
     */
    default CompletionStage<Boolean> restore(String pid, String offset, Predicate<RestoredSession> entering) {
        return CompletableFuture.completedFuture(false);
    }

    /** The namespace has gone. */
    @Override
    void close();
}
