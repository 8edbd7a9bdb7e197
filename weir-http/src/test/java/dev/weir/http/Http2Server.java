package dev.weir.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.entity.DiscardingEntityConsumer;
import org.apache.hc.core5.http.nio.support.AsyncResponseBuilder;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.impl.nio.H2StreamListener;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.ListenerEndpoint;

/** A server that speaks HTTP/2 only and answers with the path asked for; below {@code /hold} once its gate is open. */
final class Http2Server implements AutoCloseable, AsyncServerRequestHandler<Message<HttpRequest, Void>> {

    final CountDownLatch gate = new CountDownLatch(1);
    final AtomicInteger atWork = new AtomicInteger();
    final AtomicInteger pings = new AtomicInteger();

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpAsyncServer server;
    private final ListenerEndpoint endpoint;

    Http2Server() throws Exception {
        server = H2ServerBootstrap.bootstrap()
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                .setCanonicalHostName("127.0.0.1")
                .setStreamListener(new Frames())
                .register("*", this)
                .create();
        server.start();
        endpoint = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), URIScheme.HTTP)
                .get(20, TimeUnit.SECONDS);
    }

    String uri(String path) {
        return "http://127.0.0.1:" + ((InetSocketAddress) endpoint.getAddress()).getPort() + path;
    }

    @Override
    public AsyncRequestConsumer<Message<HttpRequest, Void>> prepare(
            HttpRequest request, EntityDetails entity, HttpContext context) {
        return new BasicRequestConsumer<>(entity == null ? null : new DiscardingEntityConsumer<>());
    }

    @Override
    public void handle(Message<HttpRequest, Void> message, ResponseTrigger trigger, HttpContext context) {
        String path = message.getHead().getPath();
        atWork.incrementAndGet();
        workers.execute(() -> {
            try {
                if (path.startsWith("/hold")) {
                    gate.await();
                }
                atWork.decrementAndGet();
                trigger.submitResponse(
                        AsyncResponseBuilder.create(200).setEntity(path).build(), context);
            } catch (InterruptedException | HttpException | IOException gone) {
                throw new IllegalStateException(gone);
            }
        });
    }

    private final class Frames implements H2StreamListener {
        @Override
        public void onFrameInput(HttpConnection connection, int stream, RawFrame frame) {
            if (FrameType.valueOf(frame.getType()) == FrameType.PING) {
                pings.incrementAndGet();
            }
        }

        @Override
        public void onFrameOutput(HttpConnection connection, int stream, RawFrame frame) {}

        @Override
        public void onHeaderInput(HttpConnection connection, int stream, List<? extends Header> headers) {}

        @Override
        public void onHeaderOutput(HttpConnection connection, int stream, List<? extends Header> headers) {}

        @Override
        public void onInputFlowControl(HttpConnection connection, int stream, int delta, int actual) {}

        @Override
        public void onOutputFlowControl(HttpConnection connection, int stream, int delta, int actual) {}
    }

    @Override
    public void close() {
        gate.countDown();
        server.close(CloseMode.IMMEDIATE);
        workers.shutdownNow();
    }
}
