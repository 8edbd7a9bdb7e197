package dev.weir.server.config;

import org.jspecify.annotations.Nullable;

/**
 * A Redis to work on instead of an embedded one.
 *
 * @param url {@code redis://host:port/database}, or {@code rediss:} for TLS; without credentials
 * @param user whom to log in as; {@code null} is Redis' default user
 * @param password {@code null} where none is needed
 */
public record RedisAccess(
        String url, @Nullable String user, @Nullable Secret password) {}
