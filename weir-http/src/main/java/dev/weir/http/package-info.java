/**
 * HTTP connections on the Weir engine.
 *
 * <p>An HTTP library connects on its caller's side, with what it knows of proxies, TLS and protocols; its pool only keeps what
 * it may use again. So the engine lends <em>places</em>: {@link dev.weir.http.RoutePools} keeps a pool of the engine for each
 * route, whose slots hold {@link dev.weir.http.Occupant occupants}, and binds all of them by one total and one account of the
 * memory budget. For Apache HttpClient 5 an occupant is a {@link dev.weir.http.Place} with the library's own pool entry,
 * and {@link dev.weir.http.RouteEntryPool} is the extension point behind {@link dev.weir.http.WeirConnectionManager} and
 * {@link dev.weir.http.WeirAsyncConnectionManager}. For OkHttp and the JDK's client, which keep their connections to
 * themselves, it is a permit to have a request in flight.
 */
@NullMarked
package dev.weir.http;

import org.jspecify.annotations.NullMarked;
