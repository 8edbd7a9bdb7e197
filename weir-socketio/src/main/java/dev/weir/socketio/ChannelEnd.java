package dev.weir.socketio;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * Last words on a channel. What becomes of them is seen by the channel's handlers, so nobody waits for the futures.
 */
@SuppressWarnings("FutureReturnValueIgnored") // see above
final class ChannelEnd {

    /**
     * How long input is read and thrown away after the last word: closing a socket with unread input resets the
     * connection, and then the client may never see why.
     */
    static final long LINGER = TimeUnit.SECONDS.toNanos(1);

    private ChannelEnd() {}

    static void close(Channel channel) {
        channel.close();
    }

    static void send(Channel channel, Object message) {
        channel.writeAndFlush(message);
    }

    static void sendAndClose(Channel channel, Object message) {
        channel.writeAndFlush(message).addListener(sent -> channel.close());
    }

    /** Sends, says that nothing more comes, and leaves it to the caller to close in {@link #LINGER}. */
    static void sendAndEndOutput(Channel channel, Object message) {
        channel.writeAndFlush(message).addListener(sent -> endOutput(channel));
    }

    /** As {@link #sendAndEndOutput}, and closes in {@link #LINGER}. On the loop. */
    static void sendAndLinger(Channel channel, Object message) {
        channel.config().setAutoRead(true);
        sendAndEndOutput(channel, message);
        channel.eventLoop().schedule(() -> channel.close(), LINGER, TimeUnit.NANOSECONDS);
    }

    private static void endOutput(Channel channel) {
        // Half of a TLS connection cannot be closed without cutting its goodbye off.
        if (channel instanceof DuplexChannel duplex && channel.pipeline().get(Entrance.TLS) == null) {
            duplex.shutdownOutput();
        } else {
            channel.close();
        }
    }

    /** Closes at once and lets the kernel drop what it holds for the client. */
    static void reset(Channel channel) {
        try {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        } catch (ChannelException closedMeanwhile) {
            // The client was quicker: there is nothing left to reset.
        }
        channel.close();
    }
}
