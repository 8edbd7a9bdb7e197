package dev.weir.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChannelEndTest {

    private static final long SECONDS = 20;

    @Test
    void aChannelThatIsClosedAlreadyCanBeReset() {
        MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel channel = new NioSocketChannel();
            assertThat(loop.register(channel).awaitUninterruptibly(SECONDS, TimeUnit.SECONDS))
                    .isTrue();
            channel.close().awaitUninterruptibly();
            ChannelEnd.reset(channel);
            assertThat(channel.isOpen()).isFalse();
        } finally {
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
