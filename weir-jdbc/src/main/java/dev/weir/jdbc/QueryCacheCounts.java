package dev.weir.jdbc;

/**
 * What a query cache holds and how it did since its start.
 *
 * @param entries results it holds
 * @param bytes about what they take, with their keys
 * @param hits questions answered from it
 * @param misses questions it knew nothing about
 * @param notCached questions that asked to be cached and were not: too big, or asked in a transaction that may write, or on a
 *     connection whose session was changed
 * @param evicted results dropped because of its bounds or their age
 */
public record QueryCacheCounts(int entries, long bytes, long hits, long misses, long notCached, long evicted) {}
