package dev.weir.socketio;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request's head asks for, by <a href="https://socket.io/docs/v4/engine-io-protocol/">the Engine.IO protocol,
 * revision 4</a>; or why it is refused.
 */
record EngineRequest(
        @Nullable Plan plan,
        @Nullable EngineSession session,
        @Nullable Refusal refusal) {

    enum Plan {
        /** A new session, by polling. */
        HANDSHAKE,
        /** A WebSocket: a new session, or an upgrade of one. */
        UPGRADE,
        /** A poll of a session. */
        POLL,
        /** Packets for a session. */
        POST,
        /** A browser asks what it may do. */
        PREFLIGHT,
        /** Not Engine.IO's: the application's own pages answer. */
        PAGE
    }

    private static final int MAX_PARAMETERS = 64;
    private static final String REVISION = "4";

    static EngineRequest of(HttpRequest request, EngineServer server) {
        Map<String, List<String>> query;
        try {
            QueryStringDecoder uri = new QueryStringDecoder(
                    request.uri(), java.nio.charset.StandardCharsets.UTF_8, true, MAX_PARAMETERS);
            if (!uri.path().equals(server.settings().path)) {
                return server.hasPages() ? new EngineRequest(Plan.PAGE, null, null) : refused(Refusal.NOT_FOUND);
            }
            query = uri.parameters();
        } catch (IllegalArgumentException bad) {
            return refused(Refusal.BAD_REQUEST);
        }
        boolean options = request.method().equals(HttpMethod.OPTIONS);
        if (options && server.settings().cors != null) {
            return new EngineRequest(Plan.PREFLIGHT, null, null);
        }
        String transport = first(query, "transport");
        boolean polling = "polling".equals(transport) && server.settings().polling;
        boolean webSocket = "websocket".equals(transport) && server.settings().webSocket;
        if (!polling && !webSocket) {
            return refused(Refusal.UNKNOWN_TRANSPORT);
        }
        String sid = first(query, "sid");
        boolean get = request.method().equals(HttpMethod.GET);
        if (sid == null) {
            if (!get) {
                return refused(Refusal.BAD_HANDSHAKE_METHOD);
            }
            return handshake(request, query, webSocket);
        }
        EngineSession session = server.session(sid);
        if (session == null) {
            return refused(Refusal.UNKNOWN_SESSION);
        }
        if (!REVISION.equals(first(query, "EIO"))) {
            return refused(Refusal.UNSUPPORTED_PROTOCOL);
        }
        boolean upgrade = asksForWebSocket(request);
        if (webSocket) {
            return upgrade && get ? new EngineRequest(Plan.UPGRADE, session, null) : refused(Refusal.BAD_REQUEST);
        }
        if (upgrade || session.isOnWebSocket()) {
            return refused(Refusal.BAD_REQUEST);
        }
        if (get) {
            return new EngineRequest(Plan.POLL, session, null);
        }
        boolean post = request.method().equals(HttpMethod.POST);
        return post ? new EngineRequest(Plan.POST, session, null) : refused(Refusal.BAD_REQUEST);
    }

    private static EngineRequest handshake(HttpRequest request, Map<String, List<String>> query, boolean webSocket) {
        if (webSocket != asksForWebSocket(request)) {
            return refused(Refusal.BAD_REQUEST);
        }
        if (!REVISION.equals(first(query, "EIO"))) {
            return refused(Refusal.UNSUPPORTED_PROTOCOL);
        }
        return new EngineRequest(webSocket ? Plan.UPGRADE : Plan.HANDSHAKE, null, null);
    }

    private static boolean asksForWebSocket(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        List<String> values = query.get(name);
        return values == null ? null : values.get(0);
    }

    private static EngineRequest refused(Refusal refusal) {
        return new EngineRequest(null, null, refusal);
    }
}
