package dev.weir.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What requests are answered with: status, headers, and a body that is there as a whole. */
final class Answers {

    private Answers() {}

    /** An answer that is never cached. */
    static FullHttpResponse of(HttpResponseStatus status, String type, ByteBuf content) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        HttpHeaders headers = response.headers();
        if (!type.isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, type);
            headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        }
        if (status.code() != HttpResponseStatus.NO_CONTENT.code()) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        }
        return response;
    }

    /** A refusal, as Engine.IO words it. */
    static FullHttpResponse of(Refusal refusal, String message, int retryAfterSeconds) {
        HttpResponseStatus status = HttpResponseStatus.valueOf(refusal.status());
        ByteBuf content = Unpooled.copiedBuffer(refusal.json(message), StandardCharsets.UTF_8);
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        headers.set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)
                || status.equals(HttpResponseStatus.TOO_MANY_REQUESTS)) {
            headers.set(HttpHeaderNames.RETRY_AFTER, retryAfterSeconds);
        }
        return response;
    }

    /** Says whether the connection stays, and what a page of another origin may see of the answer. */
    static void decorate(
            FullHttpResponse response, @Nullable HttpRequest request, boolean keepAlive, @Nullable Cors cors) {
        HttpHeaders headers = response.headers();
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (cors != null && request != null) {
            String origin = request.headers().get(HttpHeaderNames.ORIGIN);
            if (request.method().equals(HttpMethod.OPTIONS)) {
                cors.decoratePreflight(origin, headers);
            } else {
                cors.decorate(origin, headers);
            }
        }
    }
}
