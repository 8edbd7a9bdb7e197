package dev.weir.redis;

/**
 * Counts since the pool was opened.
 *
 * @param sessionsUndone connections on which something was changed and undone
 * @param retiredDirty connections retired because what was left on them cannot be undone, or a reply was not read
 * @param retiredForBuffers connections retired because of what their read buffer had grown to
 * @param commandsAborted connections aborted because a command outlasted the query timeout
 * @param readOnlyReplies replies that said the server is a replica
 * @param loadingReplies replies that said the server is loading
 * @param masterDownReplies replies of a replica without its primary
 * @param clusterDownReplies replies of a cluster that does not serve
 */
public record RedisCounts(
        long sessionsUndone,
        long retiredDirty,
        long retiredForBuffers,
        long commandsAborted,
        long readOnlyReplies,
        long loadingReplies,
        long masterDownReplies,
        long clusterDownReplies) {}
