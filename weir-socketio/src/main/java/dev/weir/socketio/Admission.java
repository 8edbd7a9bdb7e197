package dev.weir.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Lets requests for a new session in, or refuses them: by the application's filter, by address, by number, by memory. */
final class Admission {

    private final EngineServer server;
    private final Settings settings;
    private final ClientAddress proxies;

    Admission(EngineServer server, ClientAddress proxies) {
        this.server = server;
        this.settings = server.settings();
        this.proxies = proxies;
    }

    /** A request for a new session, on either transport; on the front's loop. */
    void shakeHands(HttpFront front, HttpRequest request) {
        InetAddress peer = front.peer();
        if (peer == null) {
            front.closeNow();
            return;
        }
        InetAddress client = proxies.of(peer, request.headers().getAll("x-forwarded-for"));
        Handshake handshake = new Handshake(request.uri(), client, settings.tls != null, request.headers());
        if (server.isRefusing()) {
            front.refuse(Refusal.SHUTTING_DOWN);
            return;
        }
        if (settings.filter == null) {
            letIn(front, request, handshake, client);
            return;
        }
        RequestFilter filter = settings.filter;
        server.executor().execute(() -> {
            boolean allowed = filter(filter, handshake);
            front.channel().eventLoop().execute(() -> {
                if (!front.channel().isActive()) {
                    return;
                }
                if (allowed) {
                    letIn(front, request, handshake, client);
                } else {
                    front.refuse(Refusal.FORBIDDEN);
                }
            });
        });
    }

    private boolean filter(RequestFilter filter, Handshake handshake) {
        try {
            return filter.allows(handshake);
        } catch (RuntimeException | StackOverflowError | AssertionError failure) {
            // A filter that fails has not said yes.
            server.counters().handlerFailures.increment();
            return false;
        }
    }

    private void letIn(HttpFront front, HttpRequest request, Handshake handshake, InetAddress client) {
        AddressTable.Place place = server.addresses().enter(ClientAddress.key(client));
        if (place == null) {
            front.refuse(Refusal.ADDRESS_LIMIT);
            return;
        }
        Refusal full = server.takePlace();
        if (full != null) {
            server.addresses().leave(place);
            front.refuse(full);
            return;
        }
        boolean webSocket = request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        String sid = Ids.next();
        if (webSocket) {
            WebSocketOpening.open(
                    server,
                    front,
                    request,
                    cookie(sid),
                    socket -> server.open(sid, handshake, place, front.warden(), socket),
                    () -> {
                        server.givePlaceBack();
                        server.addresses().leave(place);
                    });
        } else {
            EngineSession session = server.open(sid, handshake, place, front.warden(), null);
            ByteBuf payload = front.newPayload();
            ByteBufUtil.writeAscii(payload, settings.openPacket(sid, settings.webSocket));
            front.answerHandshake(payload, cookie(sid), session);
        }
    }

    private @Nullable String cookie(String sid) {
        return settings.cookie == null
                ? null
                : settings.cookie + "=" + sid + "; Path=/; HttpOnly; SameSite=Lax"
                        + (settings.tls == null ? "" : "; Secure");
    }
}
