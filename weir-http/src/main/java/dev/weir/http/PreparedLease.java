package dev.weir.http;

import org.apache.hc.core5.http.HttpConnection;

/**
 * A request for a connection that one of our connection managers made before the library asks {@link RouteEntryPool} for it,
 * and that travels there as the request's state. So the manager knows which slot the library's handle stands for.
 */
sealed interface PreparedLease<C extends HttpConnection> permits BlockingLease, AsyncLease {}
