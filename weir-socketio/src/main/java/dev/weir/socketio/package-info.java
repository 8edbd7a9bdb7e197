/**
 * A Socket.IO server on Netty, bounded in every byte. A request comes to an {@code HttpFront}; the {@code EngineServer}
 * lets it in and makes it an {@code EngineSession}, carried by polls or by a {@code WebSocketFront}. What the session's
 * {@code Inbound} hears goes to a {@code Client}, which decodes it and puts it into its {@code Mailbox}; there, off the event loops and
 * in order, the {@link dev.weir.socketio.Socket} of the {@link dev.weir.socketio.Namespace} calls the application. What
 * the application sends is encoded once, as an {@code Outgoing}, and waits in each session's {@code Outbound} queue until
 * the loop's {@code Warden} finds the transport ready. To a {@link dev.weir.ConnectionPoolManager} all of it is a pool.
 */
@NullMarked
package dev.weir.socketio;

import org.jspecify.annotations.NullMarked;
