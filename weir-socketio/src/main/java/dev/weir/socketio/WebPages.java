package dev.weir.socketio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Takes requests that are not Engine.IO's to the application's {@link WebHandler}, and its answers back. */
final class WebPages {

    private static final byte[] NOTHING = {};

    private final WebHandler handler;
    private final Executor executor;
    private final Counters counters;

    WebPages(WebHandler handler, Executor executor, Counters counters) {
        this.handler = handler;
        this.executor = executor;
        this.counters = counters;
    }

    /** On the front's loop. */
    void answer(HttpFront front, HttpRequest request, @Nullable ByteBuf body, InetAddress client, boolean secure) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        WebRequest asked = new WebRequest(
                request.method().name(),
                uri.path(),
                uri.parameters(),
                headers(request.headers()),
                client.getHostAddress(),
                secure,
                body == null ? NOTHING : ByteBufUtil.getBytes(body));
        try {
            executor.execute(() -> front.answer(handle(asked)));
        } catch (RejectedExecutionException ending) {
            front.refuse(Refusal.SHUTTING_DOWN);
        }
    }

    private WebResponse handle(WebRequest request) {
        try {
            return handler.answer(request);
        } catch (Exception | StackOverflowError | AssertionError failure) {
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            counters.handlerFailures.increment();
            return new WebResponse(500, Map.of(), NOTHING);
        }
    }

    private static Map<String, String> headers(HttpHeaders headers) {
        Map<String, String> all = new LinkedHashMap<>();
        headers.forEach(header -> all.merge(
                header.getKey().toLowerCase(Locale.ROOT), header.getValue(), (one, other) -> one + ", " + other));
        return all;
    }
}
