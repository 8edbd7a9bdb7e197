/**
 * Redis and HTTP clients, on Weir's pools and on the ones that come with them. {@link dev.weir.benchmarks.client.RedisClients}
 * and {@link dev.weir.benchmarks.client.HttpClients} open them by id; each is asked as its users ask it.
 */
@NullMarked
package dev.weir.benchmarks.client;

import org.jspecify.annotations.NullMarked;
