package dev.weir.server.run;

import org.jspecify.annotations.Nullable;

/**
 * What a run has reached of what it works on, in words for people; {@code null} where it has not come to it.
 *
 * @param database PostgreSQL
 * @param redis the Redis
 * @param http the HTTP endpoint
 */
record Reached(
        @Nullable String database,
        @Nullable String redis,
        @Nullable String http) {

    static final Reached NOTHING = new Reached(null, null, null);
}
