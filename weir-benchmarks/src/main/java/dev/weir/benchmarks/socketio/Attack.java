package dev.weir.benchmarks.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one connection does to a server that no client should, as bytes: how it begins, and what it goes on with. */
enum Attack {
    /** A request whose head comes byte by byte. */
    SLOW_HANDSHAKE(20) {
        @Override
        String opening() {
            return "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: a\r\nx: ";
        }

        @Override
        ByteBuf begin(String answer) {
            return Unpooled.EMPTY_BUFFER;
        }

        @Override
        boolean waitsForAnswer() {
            return false;
        }

        @Override
        ByteBuf next(int step) {
            return step % 10 == 0 ? ascii("x") : Unpooled.EMPTY_BUFFER;
        }
    },
    /** A message in fragments of which none is the last. */
    FRAGMENTS(4) {
        @Override
        ByteBuf begin(String answer) {
            return Unpooled.wrappedBuffer(text(CONNECT), frame(0x01, PIECE));
        }

        @Override
        ByteBuf next(int step) {
            return frame(0x00, PIECE);
        }
    },
    /** An event that announces more attachments than anybody needs, and attachments that never end. */
    ATTACHMENTS(4) {
        @Override
        ByteBuf begin(String answer) {
            return Unpooled.wrappedBuffer(text(CONNECT), text("45100000-[\"x\"]"));
        }

        @Override
        ByteBuf next(int step) {
            return frame(BINARY, BLOCK);
        }
    },
    /** A body of 1 GB. */
    POST(2) {
        @Override
        String opening() {
            return "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nhost: a\r\n\r\n";
        }

        @Override
        @Nullable ByteBuf begin(String answer) {
            Matcher sid = SID.matcher(answer);
            if (!sid.find()) {
                return null;
            }
            return ascii("POST /socket.io/?EIO=4&transport=polling&sid=" + sid.group(1)
                    + " HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\ncontent-length: 1073741824\r\n\r\n");
        }

        @Override
        ByteBuf next(int step) {
            return Unpooled.wrappedBuffer(BLOCK);
        }
    };

    /** Connections that do it at once. */
    final int slots;

    private static final String CONNECT = "40";
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final byte[] PIECE = new byte[4_096];
    private static final byte[] BLOCK = new byte[60_000];
    private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

    Attack(int slots) {
        this.slots = slots;
    }

    /** What it says first: the handshake of a WebSocket, unless it is something else. */
    String opening() {
        return webSocket();
    }

    static String webSocket() {
        return String.join(
                "\r\n",
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
                "host: a",
                "connection: upgrade",
                "upgrade: websocket",
                "sec-websocket-version: 13",
                "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
                "",
                "");
    }

    boolean waitsForAnswer() {
        return true;
    }

    /** What it says to the answer so far; {@code null}: more of the answer is needed. */
    abstract @Nullable ByteBuf begin(String answer);

    /** What it says then, again and again. */
    abstract ByteBuf next(int step);

    static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static ByteBuf text(String message) {
        return frame(TEXT, message.getBytes(StandardCharsets.US_ASCII));
    }

    /** A frame with a mask of zeros. */
    private static ByteBuf frame(int firstByte, byte[] content) {
        ByteBuf head = Unpooled.buffer(8).writeByte(firstByte);
        if (content.length < 126) {
            head.writeByte(0x80 | content.length);
        } else {
            head.writeByte(0x80 | 126).writeShort(content.length);
        }
        return Unpooled.wrappedBuffer(head.writeInt(0), Unpooled.wrappedBuffer(content));
    }
}
