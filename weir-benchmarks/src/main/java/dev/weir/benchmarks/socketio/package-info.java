/**
 * Weir's Socket.IO server beside its peers: Node's socket.io, netty-socketio, and a WebSocket server of Netty's that knows no
 * protocol, which is the floor. Each server is a process of its own and answers the same few events; one load client, in another
 * JVM, speaks to all of them in the same frames.
 */
@NullMarked
package dev.weir.benchmarks.socketio;

import org.jspecify.annotations.NullMarked;
