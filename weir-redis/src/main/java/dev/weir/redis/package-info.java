/**
 * Redis connections on the Weir engine, for the two clients of the JVM.
 *
 * <p>{@link dev.weir.redis.WeirRedis#builder()} collects the settings; its last call chooses the client. For Jedis, a {@link
 * dev.weir.redis.WeirJedis} or {@link dev.weir.redis.WeirJedisCluster} is the {@code ConnectionProvider} that Jedis' clients take
 * their connections from. For Lettuce, a {@link dev.weir.redis.WeirLettuce} lends {@code StatefulRedisConnection}s, and a {@link
 * dev.weir.redis.SharedLettuce} governs the one connection that many threads share.
 *
 * <p>What the engine pools are {@link dev.weir.redis.PooledJedis} and {@link dev.weir.redis.PooledLettuce}: the client's
 * connection and what Weir noticed on it. {@link dev.weir.redis.SessionCommand} knows the commands that leave something behind
 * on a connection, {@link dev.weir.redis.SessionNotes} keeps what they left and how it is undone, and {@link
 * dev.weir.redis.ReplyVerdict} reads what an error reply says about the connection and its server.
 *
 * <p>Each client is an optional dependency: classes named after one are loaded only by who uses it.
 */
@NullMarked
package dev.weir.redis;

import org.jspecify.annotations.NullMarked;
