package dev.weir.socketio.redis;

import java.time.Duration;

/** What a {@link RedisStreamsBuilder} was told. */
record StreamsSettings(
        String stream,
        String channelPrefix,
        String sessionPrefix,
        long maxLength,
        Duration requestTimeout,
        Duration writeTimeout,
        int maxEntryBytes,
        int maxBacklog,
        long maxBacklogBytes,
        int maxRequests) {}
