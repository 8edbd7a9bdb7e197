/**
 * Several servers as one, over a Redis stream, in the format of npm's {@code @socket.io/redis-streams-adapter}, so that
 * servers of Node.js may be among them. {@link dev.weir.socketio.redis.RedisStreams} is what a user gives to a server; it
 * makes a {@code StreamsAdapter} for each namespace. What is sent to rooms goes into the stream through the
 * {@code Outbox} and comes back, to all servers in one order, through the {@code StreamReader}; questions and answers
 * between servers go by publish and subscribe, and {@code Requests} keeps the open ones. {@code Sessions} stores what
 * clients were. Without Redis the outbox delivers here and keeps a bounded backlog for the others.
 */
@NullMarked
package dev.weir.socketio.redis;

import org.jspecify.annotations.NullMarked;
