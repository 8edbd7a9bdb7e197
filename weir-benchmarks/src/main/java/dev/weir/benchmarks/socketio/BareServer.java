package dev.weir.benchmarks.socketio;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Netty's WebSocket and nothing above it: frames that a client of Socket.IO takes for answers, without a parser, a namespace, a
 * heartbeat or a bound. What a server costs beyond this is its own.
 */
final class BareServer implements PeerServer {

    private static final int BACKLOG = 1_024;

    private final ChannelGroup all = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final int port;

    BareServer() {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Answers answers = new Answers();
        Channel listener = new ServerBootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(8_192))
                                .addLast(new WebSocketServerProtocolHandler("/", null, false, 65_536, false, true))
                                .addLast(answers);
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        port = ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public int port() {
        return port;
    }

    @Sharable
    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes its channel, and a closed one is noticed
    private final class Answers extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof HandshakeComplete) {
                all.add(context.channel());
                context.writeAndFlush(new TextWebSocketFrame("0{}"));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            ByteBuf packet = frame.content();
            if (packet.readableBytes() < 2) {
                return;
            }
            if (packet.getByte(1) == '0') {
                context.writeAndFlush(new TextWebSocketFrame("40{}"));
            } else if (packet.readableBytes() > 5 && packet.getByte(4) == 'e') {
                context.writeAndFlush(frame.retain());
            } else if (packet.readableBytes() > 5) {
                command(context, packet.toString(StandardCharsets.UTF_8).split("[\",\\[\\]]+", -1));
            }
        }

        private void command(ChannelHandlerContext context, String[] parts) {
            switch (parts[1]) {
                case "gc" -> context.writeAndFlush(new TextWebSocketFrame("42[\"gc\"," + PeerServer.collect() + "]"));
                case "rooms" -> context.writeAndFlush(new TextWebSocketFrame("42[\"rooms\"]"));
                case "broadcast" ->
                    PeerServer.broadcast(number(parts[2]), number(parts[3]), number(parts[4]), text -> {
                        ByteBuf buffer = ByteBufUtil.writeUtf8(context.alloc(), "42[\"data\",\"" + text + "\"]");
                        all.writeAndFlush(new TextWebSocketFrame(buffer));
                    });
                default -> throw new IllegalArgumentException(parts[1]);
            }
        }

        private static int number(String part) {
            return Integer.parseInt(part);
        }
    }
}
