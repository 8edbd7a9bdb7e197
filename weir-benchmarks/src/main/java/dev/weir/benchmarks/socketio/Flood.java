package dev.weir.benchmarks.socketio;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections of one address that want to become WebSockets, and stay if they are let in. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // how it ends is told by the channels
final class Flood {

    private final Bootstrap bootstrap;
    private final AtomicInteger letIn = new AtomicInteger();

    Flood(Bootstrap bootstrap) {
        this.bootstrap = bootstrap;
    }

    int letIn() {
        return letIn.get();
    }

    void more() {
        bootstrap.clone().handler(new Wave()).connect();
    }

    private final class Wave extends SimpleChannelInboundHandler<ByteBuf> {

        private boolean answered;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            Channel channel = context.channel();
            channel.writeAndFlush(Attack.ascii(Attack.webSocket()));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf data) {
            if (!answered) {
                answered = true;
                if (data.toString(StandardCharsets.US_ASCII).startsWith("HTTP/1.1 101")) {
                    letIn.incrementAndGet();
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
