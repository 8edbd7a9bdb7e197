package dev.weir.socketio;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/** Listens, and gives every connection of TCP its options and handlers, or closes it where there are too many. */
final class Entrance {

    static final String TLS = "tls";
    /** The last handler of every channel: an {@link HttpFront}, later perhaps a {@link WebSocketFront}. */
    static final String FRONT = "front";

    private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(32 * 1024, 64 * 1024);

    private final EngineServer server;
    private final Settings settings;
    private final ClientAddress proxies;

    Entrance(EngineServer server, ClientAddress proxies) {
        this.server = server;
        this.settings = server.settings();
        this.proxies = proxies;
    }

    /** Begins to listen. Returns the channel that does. */
    Channel bind(EventLoopGroup loops) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, settings.backlog)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, server.allocator())
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 1024, 65536))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        if (settings.sendBuffer > 0) {
            bootstrap.childOption(ChannelOption.SO_SNDBUF, settings.sendBuffer);
        }
        try {
            return bootstrap
                    .bind(new InetSocketAddress(settings.host, settings.port))
                    .syncUninterruptibly()
                    .channel();
        } catch (Exception failure) {
            // Netty rethrows what is checked without declaring it.
            BindException why = new BindException("cannot listen on " + settings.host + ":" + settings.port + ": "
                    + failure.getMessage() + "; is the port taken, or the address not this machine's?");
            why.initCause(failure);
            throw why;
        }
    }

    private void accept(Channel channel) {
        channel.closeFuture().addListener(closed -> server.channelGone());
        if (!server.channelComes()) {
            server.counters().refused(Refusal.HANDSHAKES);
            ChannelEnd.close(channel);
            return;
        }
        ChannelPipeline pipeline = channel.pipeline();
        if (settings.proxyProtocol && proxies.isTrusted(channel.remoteAddress())) {
            pipeline.addLast(new HAProxyMessageDecoder());
        }
        if (settings.tls != null) {
            pipeline.addLast(TLS, settings.tls.newHandler(channel.alloc()));
        }
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(settings.maxHeaderBytes)
                .setMaxHeaderSize(settings.maxHeaderBytes)
                .setMaxChunkSize(EngineServer.PAGE_BYTES)
                .setInitialBufferSize(128)));
        if (settings.deflate) {
            pipeline.addLast(new WebSocketServerExtensionHandler(
                    new PerMessageDeflateServerExtensionHandshaker(6, true, 15, true, true, settings.maxPayload)));
        }
        pipeline.addLast(FRONT, new HttpFront(server, channel, server.warden(channel.eventLoop())));
    }
}
