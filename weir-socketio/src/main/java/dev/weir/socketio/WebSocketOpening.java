package dev.weir.socketio;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a connection of HTTP becomes a WebSocket. On its loop. */
final class WebSocketOpening {

    private WebSocketOpening() {}

    /** A WebSocket for a session that is on polling. */
    static void forUpgrade(EngineServer server, HttpFront front, HttpRequest request, EngineSession session) {
        open(
                server,
                front,
                request,
                null,
                socket -> {
                    socket.serve(session, true);
                    if (!session.webSocket().enterCandidate(socket)) {
                        socket.end(CloseCause.SERVER);
                    }
                    return null;
                },
                () -> {});
    }

    /**
     * Answers the request and makes its connection a WebSocket.
     *
     * @param cookie to be set, if any
     * @param opening what is done with it then; returns the session that it opens, if any
     * @param giveUp what is done if nothing becomes of it
     */
    static void open(
            EngineServer server,
            HttpFront front,
            HttpRequest request,
            @Nullable String cookie,
            Function<WebSocketFront, @Nullable EngineSession> opening,
            Runnable giveUp) {
        Channel channel = front.channel();
        String version = request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
        if (!WebSocketVersion.V13.toHttpHeaderValue().equals(version)) {
            giveUp.run();
            front.refuse(Refusal.BAD_REQUEST);
            return;
        }
        WebSocketServerHandshaker13 handshaker = new WebSocketServerHandshaker13("", null, false, 0) {
            @Override
            protected WebSocketFrameDecoder newWebsocketDecoder() {
                return server.newFrameReader();
            }
        };
        DefaultFullHttpRequest whole = new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                Unpooled.EMPTY_BUFFER,
                request.headers(),
                EmptyHttpHeaders.INSTANCE);
        HttpHeaders extra = new DefaultHttpHeaders();
        if (cookie != null) {
            extra.set(HttpHeaderNames.SET_COOKIE, cookie);
        }
        try {
            ChannelFuture shaken = handshaker.handshake(channel, whole, extra, channel.newPromise());
            shaken.addListener(done -> {
                if (!done.isSuccess()) {
                    giveUp.run();
                    ChannelEnd.close(channel);
                    return;
                }
                front.leave();
                become(server, channel, opening);
            });
        } catch (WebSocketHandshakeException bad) {
            giveUp.run();
            front.refuse(Refusal.BAD_REQUEST);
        }
    }

    private static void become(
            EngineServer server, Channel channel, Function<WebSocketFront, @Nullable EngineSession> opening) {
        Settings settings = server.settings();
        boolean deflates = settings.deflate
                && channel.pipeline().names().stream().anyMatch(name -> name.startsWith("PerMessageDeflateEncoder"));
        if (!deflates) {
            // What goes out is laid out as frames before it comes here.
            channel.pipeline().remove(WebSocket13FrameEncoder.class);
        }
        WebSocketFront socket =
                new WebSocketFront(channel, server.warden(channel.eventLoop()), settings.maxPayload, deflates);
        EngineSession session = opening.apply(socket);
        if (session != null) {
            socket.serve(session, false);
            Outgoing open =
                    Outgoing.engine(settings.openPacket(session.sid(), false), server.allocator(), server.memory());
            session.send(open);
            open.release();
        }
        channel.pipeline().replace(Entrance.FRONT, Entrance.FRONT, socket);
        if (!channel.isActive()) {
            channel.pipeline().fireChannelInactive();
        }
    }
}
