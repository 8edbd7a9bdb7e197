package dev.weir.server.config;

import org.jspecify.annotations.Nullable;

/**
 * A database to work on instead of an embedded one.
 *
 * @param url the JDBC URL, without a password
 * @param user whom to log in as; {@code null} leaves it to the driver
 * @param password {@code null} leaves it to the driver, which reads {@code ~/.pgpass}
 */
public record DatabasePlan(
        String url, @Nullable String user, @Nullable Secret password) {}
