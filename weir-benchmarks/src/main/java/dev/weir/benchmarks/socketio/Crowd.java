package dev.weir.benchmarks.socketio;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens clients, as many as wanted. Thread-safe; closing it closes all of them. */
@SuppressWarnings("FutureReturnValueIgnored") // how it ends is told by the channels
public final class Crowd implements AutoCloseable {

    /** Connections on their way at once: below the usual backlog of a listener. */
    private static final int OPENING = 64;
    /** Connections from one address: below the number of ports that the system gives out. */
    private static final int PORTS = 20_000;

    /** A loopback network for each process: for a minute the system keeps the ports of connections that an earlier one had. */
    private static final String NETWORK = "127." + (ProcessHandle.current().pid() >> 8 & 0xFF) + "."
            + (ProcessHandle.current().pid() & 0xFF) + ".";

    private static final int LONGEST_MESSAGE = 1 << 20;
    private static final int HANDSHAKE = 8_192;
    private static final long SECONDS = 60;

    private final EventLoopGroup group;
    private final Bootstrap bootstrap;
    private final URI uri;
    private int opened;

    /** For a server on this port of 127.0.0.1. */
    public Crowd(int port) {
        group = new MultiThreadIoEventLoopGroup(
                2, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        uri = URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket");
        bootstrap = new Bootstrap()
                .group(group)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000);
    }

    /** Opens one client. */
    synchronized CompletableFuture<Client> open() {
        Client client = new Client();
        // Another address of the loopback network whenever the ports of one might run out.
        int source = 1 + opened++ / PORTS % 200;
        ChannelFuture connecting = bootstrap
                .clone()
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(HANDSHAKE))
                                .addLast(new WebSocketClientProtocolHandler(
                                        WebSocketClientHandshakerFactory.newHandshaker(
                                                uri,
                                                WebSocketVersion.V13,
                                                null,
                                                false,
                                                EmptyHttpHeaders.INSTANCE,
                                                LONGEST_MESSAGE)))
                                .addLast(client);
                    }
                })
                .connect(
                        new InetSocketAddress(uri.getHost(), uri.getPort()),
                        new InetSocketAddress(NETWORK + source, 0));
        connecting.addListener(any -> {
            if (!connecting.isSuccess()) {
                client.entered().completeExceptionally(connecting.cause());
            }
        });
        return client.entered();
    }

    /** Opens many, some at a time; fails if one fails. */
    public List<Client> open(int count) throws InterruptedException, ExecutionException, TimeoutException {
        Semaphore places = new Semaphore(OPENING);
        List<CompletableFuture<Client>> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (!places.tryAcquire(SECONDS, TimeUnit.SECONDS)) {
                throw new TimeoutException(i + " of " + count + " connections, then none for " + SECONDS + " s");
            }
            clients.add(open().whenComplete((client, failed) -> places.release()));
        }
        List<Client> open = new ArrayList<>(count);
        for (CompletableFuture<Client> client : clients) {
            open.add(client.get(SECONDS, TimeUnit.SECONDS));
        }
        return open;
    }

    /** Closes them, and returns when they are closed. */
    static void close(List<Client> clients) throws InterruptedException {
        clients.forEach(client -> client.channel().close());
        for (Client client : clients) {
            client.channel().closeFuture().await(SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Has the server collect its garbage; returns the bytes of its heap that are in use then. */
    static long collect(Client client) throws InterruptedException, ExecutionException, TimeoutException {
        String answer = client.ask("42[\"gc\"]").get(SECONDS, TimeUnit.SECONDS);
        return Long.parseLong(answer.replaceAll("^42\\D*|\\D+$", ""));
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
