package dev.weir.http;

import dev.weir.pool.Lease;
import dev.weir.pool.PoolSnapshot;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's client with its requests in flight bounded, per origin and in total, with Weir's bounded waiting. A request is in
 * flight until its answer's body was read to its end or given up. Its connections stay the JDK's own: what that means is said in
 * {@code docs/http.md}. WebSockets are let through uncounted. Thread-safe.
 *
 * <p>A request waits at most as long as its own {@linkplain HttpRequest#timeout() timeout} and as the acquire timeout; then it
 * fails with an {@link HttpTimeoutException} whose message names the holders. One that is turned away fails with an {@link
 * IOException}.
 */
public final class WeirHttpClient extends HttpClient implements AutoCloseable {

    private static final Duration FOREVER = Duration.ofDays(365);

    private final HttpClient client;
    private final GovernedRequests requests;
    private final PoolEnd end;

    WeirHttpClient(HttpClient client, GovernedRequests requests, PoolEnd end) {
        this.client = client;
        this.requests = requests;
        this.end = end;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        InFlight flight;
        try {
            flight = requests.begin(Origin.of(request.uri()), request.timeout().orElse(FOREVER));
        } catch (InterruptedIOException refused) {
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException(refused.getMessage());
                interrupted.initCause(refused);
                throw interrupted;
            }
            throw timedOut(refused);
        }
        CompletableFuture<HttpResponse<T>> answer = start(flight, request, handler, null);
        try {
            return answer.get();
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            throw interrupted;
        } catch (ExecutionException failed) {
            throw rethrown(failed.getCause());
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
        CompletableFuture<Lease<Permit>> permit =
                requests.beginAsync(Origin.of(request.uri()), request.timeout().orElse(FOREVER));
        GovernedAnswer<T> answer = new GovernedAnswer<>(permit);
        CompletableFuture<?> unused = permit.whenComplete((lease, refused) -> {
            if (refused != null) {
                IOException translated = GovernedRequests.translated(refused);
                answer.completeExceptionally(
                        translated instanceof InterruptedIOException waited ? timedOut(waited) : translated);
                return;
            }
            InFlight flight = new InFlight(requests.pools(), lease);
            if (answer.isDone()) {
                flight.end();
            } else {
                answer.follow(start(flight, request, handler, pushes));
            }
        });
        return answer;
    }

    private <T> CompletableFuture<HttpResponse<T>> start(
            InFlight flight,
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
        Stoppable stoppable = new Stoppable();
        flight.begin(stoppable::stop);
        CompletableFuture<HttpResponse<T>> answer;
        try {
            answer = client.sendAsync(request, head -> new GovernedBody<>(handler.apply(head), flight), pushes);
        } catch (RuntimeException wrongRequest) {
            flight.end();
            throw wrongRequest;
        }
        stoppable.begun(answer);
        CompletableFuture<?> unused = answer.whenComplete((response, failure) -> {
            if (failure != null) {
                flight.end();
            }
        });
        return answer;
    }

    private static HttpTimeoutException timedOut(IOException waited) {
        HttpTimeoutException timedOut = new HttpTimeoutException(waited.getMessage());
        timedOut.initCause(waited.getCause());
        return timedOut;
    }

    private static IOException rethrown(@Nullable Throwable cause) {
        Throwable real = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
        if (real instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (real instanceof Error error) {
            throw error;
        }
        return real instanceof IOException io ? io : new IOException(real);
    }

    /** What the requests look like now, over all origins: a leased connection is a request in flight. */
    public PoolSnapshot snapshot() {
        return requests.pools().snapshot();
    }

    /** What each origin's requests look like now. */
    public List<PoolSnapshot> originSnapshots() {
        return requests.pools().routeSnapshots();
    }

    /** Turns new requests away and stops those in flight. The JDK's client itself ends when nobody refers to it. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /**
     * Turns new requests away, waits for those in flight, and stops what is still there.
     *
     * @param drain how long to wait
     */
    public void close(Duration drain) {
        end.run(drain);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }
}
