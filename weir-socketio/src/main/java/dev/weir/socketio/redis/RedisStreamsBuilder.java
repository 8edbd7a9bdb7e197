package dev.weir.socketio.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;

/** Configures {@link RedisStreams}. Names must be the same on all servers. Not thread-safe. */
public final class RedisStreamsBuilder {

    private final RedisClient client;
    private final RedisURI uri;
    private String stream = "socket.io";
    private String channelPrefix = "socket.io";
    private String sessionPrefix = "sio:session:";
    private long maxLength = 10_000;
    private Duration requestTimeout = Duration.ofSeconds(5);
    private Duration writeTimeout = Duration.ofSeconds(1);
    private int maxEntryBytes = 1 << 20;
    private int maxBacklog = 1_000;
    private long maxBacklogBytes = 4L << 20;
    private int maxRequests = 1_000;

    RedisStreamsBuilder(RedisClient client, RedisURI uri) {
        this.client = client;
        this.uri = uri;
    }

    /** The stream's key; {@code socket.io} by default. */
    public RedisStreamsBuilder streamName(String value) {
        stream = value;
        return this;
    }

    /** What the names of channels begin with; {@code socket.io} by default. */
    public RedisStreamsBuilder channelPrefix(String value) {
        channelPrefix = value;
        return this;
    }

    /** What the keys of sessions begin with; {@code sio:session:} by default. */
    public RedisStreamsBuilder sessionKeyPrefix(String value) {
        sessionPrefix = value;
        return this;
    }

    /** How many entries the stream keeps, about; 10,000 by default. It bounds what there is to catch up with. */
    public RedisStreamsBuilder maxLength(long value) {
        maxLength = positive("maxLength", value);
        return this;
    }

    /** How long other servers are waited for; 5 s by default. */
    public RedisStreamsBuilder requestTimeout(Duration value) {
        positive("requestTimeout", value.toMillis());
        requestTimeout = value;
        return this;
    }

    /** After how long without an answer Redis counts as gone; 1 s by default. */
    public RedisStreamsBuilder writeTimeout(Duration value) {
        positive("writeTimeout", value.toMillis());
        writeTimeout = value;
        return this;
    }

    /** What is larger stays on this server; 1 MiB by default. */
    public RedisStreamsBuilder maxEntryBytes(int value) {
        maxEntryBytes = (int) positive("maxEntryBytes", value);
        return this;
    }

    /** How many entries, and bytes, are kept for the others while Redis is gone; 1,000 and 4 MiB by default. */
    public RedisStreamsBuilder maxBacklog(int entries, long bytes) {
        maxBacklog = (int) positive("maxBacklog entries", entries);
        maxBacklogBytes = positive("maxBacklog bytes", bytes);
        return this;
    }

    /** How many questions to other servers may be open in a namespace; 1,000 by default. */
    public RedisStreamsBuilder maxRequests(int value) {
        maxRequests = (int) positive("maxRequests", value);
        return this;
    }

    private static long positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ": give a positive value");
        }
        return value;
    }

    /**
     * Connects to Redis, and waits for it.
     *
     * @throws io.lettuce.core.RedisException if Redis cannot be reached
     */
    public RedisStreams connect() {
        StreamsSettings settings = new StreamsSettings(
                stream,
                channelPrefix,
                sessionPrefix,
                maxLength,
                requestTimeout,
                writeTimeout,
                maxEntryBytes,
                maxBacklog,
                maxBacklogBytes,
                maxRequests);
        return new RedisStreams(client, uri, settings);
    }
}
