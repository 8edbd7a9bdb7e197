package dev.weir.socketio.redis;

/**
 * What has been done so far.
 *
 * @param online whether Redis takes and gives
 * @param written entries written
 * @param read entries read, this server's own among them
 * @param backlog entries that wait for Redis to come back
 * @param dropped entries and messages that others will not get, or that came in too fast
 * @param tooLarge entries that were larger than allowed and stayed here
 * @param malformed entries and messages that made no sense
 * @param outages how often Redis has gone
 */
public record RedisStreamsStatistics(
        boolean online,
        long written,
        long read,
        int backlog,
        long dropped,
        long tooLarge,
        long malformed,
        long outages) {}
