/**
 * The two protocols as values and bytes, without a socket in sight. {@link dev.weir.socketio.codec.EnginePacket} is a
 * packet of Engine.IO 4 with its payload form for polling; {@link dev.weir.socketio.codec.Packet} is one of Socket.IO 5,
 * written and read by a {@link dev.weir.socketio.codec.PacketFormat}: text with attachments, or MessagePack. What an
 * application says is JSON by a {@link dev.weir.socketio.codec.JsonAdapter}. Whatever arrives, decoding gives a packet or
 * a {@link dev.weir.socketio.codec.MalformedPacketException}, and holds no more memory than a small multiple of it.
 */
@NullMarked
package dev.weir.socketio.codec;

import org.jspecify.annotations.NullMarked;
