package dev.weir.socketio;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How a namespace reaches its sockets. The one it is born with reaches those of this server; one that connects servers
 * wraps it: it calls it for what is here, tells the others, and calls it again for what the others tell. Safe for all
 * threads; never blocks.
 */
public interface Adapter extends AutoCloseable {

    /** Sends an event, its name first, to everyone meant. */
    void broadcast(List<@Nullable Object> event, Target target, Overflow overflow, @Nullable String key);

    /** Sends an event and gathers the answers that come in time. */
    CompletionStage<BroadcastAnswers> broadcastWithAck(
            List<@Nullable Object> event, Target target, Overflow overflow, Duration timeout);

    /** The sockets meant. */
    CompletionStage<List<RemoteSocket>> fetch(Target target);

    /** Makes the sockets meant join rooms. */
    void join(Target target, Collection<String> rooms);

    /** Makes the sockets meant leave rooms. */
    void leave(Target target, Collection<String> rooms);

    /** Disconnects the sockets meant; from all namespaces, with their connections, if {@code close}. */
    void disconnect(Target target, boolean close);

    /** Sends an event to the namespace's handlers on the other servers; nothing where there are none. */
    void serverSideEmit(List<@Nullable Object> event);

    /** The namespace has gone. */
    @Override
    void close();
}
