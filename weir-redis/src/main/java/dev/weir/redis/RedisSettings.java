package dev.weir.redis;

import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a pool of Redis connections: immutable and valid, as {@link WeirRedisBuilder#settings()} made them.
 * {@link #toString} shows no secret.
 *
 * @param name names the pool in events, logs and reports
 * @param nodes the server; for a cluster, the nodes to ask for the others first
 * @param credentials asked for each connection that is opened
 * @param database the database that connections are lent with
 * @param clientName the name that connections are lent with, as {@code CLIENT LIST} shows it; {@code null} for none
 * @param tls whether connections are encrypted
 * @param pool the settings of the engine
 * @param socketTimeout how long a read may wait for the server
 * @param blockingTimeout how long a read may wait in a blocking command or a subscription; zero: as long as it takes
 * @param queryTimeout how long a command may wait for its reply before its connection is aborted; zero: as long as
 *     the socket allows. Blocking commands and subscriptions are exempt
 * @param sessionReset what happens to what borrowers change on a connection
 * @param maxBufferBytes the read buffer, in bytes, above which a Lettuce connection is retired when it is given back
 * @param requestQueueSize how many commands may be on their way on one Lettuce connection
 * @param startTimeout how long {@code build} waits for a first connection, and fails without one; zero: it does not
 */
public record RedisSettings(
        String name,
        List<RedisNode> nodes,
        CredentialsProvider credentials,
        int database,
        @Nullable String clientName,
        boolean tls,
        PoolSettings pool,
        Duration socketTimeout,
        Duration blockingTimeout,
        Duration queryTimeout,
        SessionReset sessionReset,
        long maxBufferBytes,
        int requestQueueSize,
        Duration startTimeout) {

    /** Copies the nodes. */
    public RedisSettings {
        nodes = List.copyOf(nodes);
    }

    /** The server; of a cluster, the first node given. */
    public RedisNode node() {
        return nodes.get(0);
    }

    /** Everything but the credentials. */
    @Override
    public String toString() {
        return "RedisSettings[" + name + ", nodes=" + nodes + ", database=" + database + ", clientName=" + clientName
                + ", tls=" + tls + ", " + pool + ", socketTimeout=" + socketTimeout + ", blockingTimeout="
                + blockingTimeout + ", queryTimeout=" + queryTimeout + ", sessionReset=" + sessionReset
                + ", maxBufferBytes=" + maxBufferBytes + ", requestQueueSize=" + requestQueueSize + ", startTimeout="
                + startTimeout + "]";
    }
}
