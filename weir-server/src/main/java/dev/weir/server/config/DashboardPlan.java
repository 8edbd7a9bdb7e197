package dev.weir.server.config;

import org.jspecify.annotations.Nullable;

/**
 * The page about a run, on loopback.
 *
 * @param port the port to listen on; 0 lets the system choose one
 * @param token what allows changes; {@code null}: one is made
 */
public record DashboardPlan(int port, @Nullable Secret token) {}
