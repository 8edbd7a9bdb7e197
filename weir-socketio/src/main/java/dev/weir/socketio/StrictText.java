package dev.weir.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** UTF-8 that is UTF-8. */
final class StrictText {

    private StrictText() {}

    /** The text of some bytes; {@code null} if they are not UTF-8. */
    static @Nullable String of(ByteBuf bytes) {
        byte[] copy = ByteBufUtil.getBytes(bytes);
        String text = new String(copy, StandardCharsets.UTF_8);
        // The JDK replaces what is wrong; only a text with a replacement character in it needs the slow look.
        if (text.indexOf('\ufffd') < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(copy))
                    .toString();
        } catch (CharacterCodingException bad) {
            return null;
        }
    }
}
