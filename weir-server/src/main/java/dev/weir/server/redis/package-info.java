/**
 * The Redis part of the load. A {@link dev.weir.server.redis.RedisServer} is the one that is worked on, embedded or given;
 * {@link dev.weir.server.redis.CounterWork} is a user who sets a value, reads it back and counts, each reply checked; and
 * {@link dev.weir.server.redis.Counters} proves in the end that every count was carried out, and once.
 */
@NullMarked
package dev.weir.server.redis;

import org.jspecify.annotations.NullMarked;
