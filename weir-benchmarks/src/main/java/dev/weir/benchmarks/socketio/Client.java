package dev.weir.benchmarks.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One Socket.IO client over WebSocket, as light as can be: it enters the root namespace, answers pings, and hands every event on
 * as it came. Its events come on the channel's own thread.
 */
@SuppressWarnings({
    "FutureReturnValueIgnored", // a write that fails closes its channel, and a closed one is noticed
    "NullAway.Init" // the channel is set when the handler is added, before anything is read
})
public final class Client extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    /** Hears the events of a client. */
    @FunctionalInterface
    public interface Listener {
        /** An event, such as {@code 42["data","x"]}; the buffer is valid during the call. */
        void event(Client client, ByteBuf packet);
    }

    private final CompletableFuture<Client> entered = new CompletableFuture<>();
    private volatile Listener listener = (client, packet) -> {};
    private Channel channel;

    /** Done once it is in the namespace; fails if the connection ends before. */
    CompletableFuture<Client> entered() {
        return entered;
    }

    /** Hands its events to this listener from now on. */
    public void listen(Listener to) {
        listener = to;
    }

    /** Sends a packet of Engine.IO. */
    public void send(String packet) {
        channel.writeAndFlush(new TextWebSocketFrame(packet));
    }

    /** Sends an event, and completes with the first one that comes back. */
    CompletableFuture<String> ask(String packet) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        channel.closeFuture().addListener(any -> answer.completeExceptionally(new ClosedChannelException()));
        listen((client, event) -> answer.complete(event.toString(StandardCharsets.UTF_8)));
        send(packet);
        return answer;
    }

    Channel channel() {
        return channel;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
        ByteBuf packet = frame.content();
        switch (packet.getByte(packet.readerIndex())) {
            case '0' -> send("40");
            case '2' -> send("3");
            case '4' -> message(packet);
            default -> {}
        }
    }

    private void message(ByteBuf packet) {
        byte type = packet.getByte(packet.readerIndex() + 1);
        if (type == '2') {
            listener.event(this, packet);
        } else if (type == '0') {
            entered.complete(this);
        } else if (type == '4') {
            entered.completeExceptionally(new IllegalStateException(ByteBufUtil.prettyHexDump(packet)));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            entered.completeExceptionally(new IllegalStateException("no WebSocket handshake in time"));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        entered.completeExceptionally(new ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, @Nullable Throwable cause) {
        entered.completeExceptionally(cause == null ? new ClosedChannelException() : cause);
        context.close();
    }
}
