package dev.weir.http;

import dev.weir.pool.PoolSettings;

/**
 * The settings of a pool of HTTP connections: immutable and valid, as {@link WeirHttpBuilder#settings()} made them.
 *
 * @param name names the pool in events, logs and reports; its routes are named after it
 * @param perRoute the settings of the engine for each route. Its floor, weight and ceiling are those of the one account of
 *     the memory budget that all routes share
 * @param maxTotal connections of all routes together
 * @param maxRoutes routes kept at once; one that rests makes room for a new one
 */
public record HttpSettings(String name, PoolSettings perRoute, int maxTotal, int maxRoutes) {

    /** The most routes a pool may keep: each has an account in a budget of connections. */
    public static final int MOST_ROUTES = 1000;
}
