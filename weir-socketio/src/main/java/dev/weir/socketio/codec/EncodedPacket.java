package dev.weir.socketio.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet as the Engine.IO messages that carry it, in their order.
 *
 * @param text the first message, or {@code null} if the format is binary throughout
 * @param binaries the binary messages
 */
public record EncodedPacket(@Nullable String text, List<byte[]> binaries) {}
