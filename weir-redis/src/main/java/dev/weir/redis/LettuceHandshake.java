package dev.weir.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Opens Lettuce connections to one server, and finds out why it refuses one. Thread-safe. */
final class LettuceHandshake<K, V> {

    private static final int ATTEMPTS = 3;

    private final RedisSettings settings;
    private final RedisCodec<K, V> codec;
    private final boolean shared;

    /** @param shared whether the connection is one that many threads share, which Lettuce is to reconnect */
    LettuceHandshake(RedisSettings settings, RedisCodec<K, V> codec, boolean shared) {
        this.settings = settings;
        this.codec = codec;
        this.shared = shared;
    }

    /** Where the server is and how long it may take, without what a handshake says. */
    private RedisURI.Builder server() {
        return RedisURI.builder()
                .withHost(settings.node().host())
                .withPort(settings.node().port())
                .withSsl(settings.tls())
                .withTimeout(settings.socketTimeout());
    }

    /** What a client is made for. */
    RedisURI uri() throws Exception {
        RedisURI.Builder uri = server().withDatabase(settings.database());
        String clientName = settings.clientName();
        if (clientName != null) {
            uri.withClientName(clientName);
        }
        RedisCredentialsProvider credentials = credentials();
        if (credentials != null) {
            uri.withAuthentication(credentials);
        }
        return uri.build();
    }

    /** A shared connection reconnects by itself and asks again then, away from the event loop. */
    private @Nullable RedisCredentialsProvider credentials() throws Exception {
        Credentials now = settings.credentials().credentials();
        if (now.equals(Credentials.NONE)) {
            return null;
        }
        if (!shared) {
            return RedisCredentialsProvider.from(() -> credentials(now));
        }
        return () -> Mono.fromCallable(() -> credentials(settings.credentials().credentials()))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @SuppressWarnings("NullAway") // without a user Lettuce sends the password alone
    private static RedisCredentials credentials(Credentials credentials) {
        return RedisCredentials.just(credentials.user(), credentials.password());
    }

    /** Tries again where Lettuce may have lost the server's refusal: else nobody would know that a password is missing. */
    StatefulRedisConnection<K, V> connect(RedisClient client, RedisURI uri) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return settled(client.connectAsync(codec, uri));
            } catch (RedisConnectionException failure) {
                if (!mayHaveLostItsReason(failure)) {
                    throw failure;
                }
                if (attempt == ATTEMPTS) {
                    sayTheSameInCommands(client);
                    throw failure;
                }
            }
        }
    }

    /**
     * Lettuce closes the channel on a refusal, and then looks for its handler of the handshake in a channel that was
     * closed already, or takes the end of the channel, which it sees first, for the reason.
     */
    private static boolean mayHaveLostItsReason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        return (cause instanceof IllegalStateException && message.contains("RedisHandshakeHandler"))
                || (cause instanceof RedisConnectionException && message.equals("Connection closed prematurely"));
    }

    /** What the handshake says, on a connection opened without one: a command keeps the error that answers it. */
    private void sayTheSameInCommands(RedisClient client) throws Exception {
        client.setOptions(client.getOptions()
                .mutate()
                .protocolVersion(ProtocolVersion.RESP2)
                .pingBeforeActivateConnection(false)
                .autoReconnect(false)
                .build());
        // It ends with the client, which nobody wants after this.
        RedisAsyncCommands<K, V> redis =
                settled(client.connectAsync(codec, server().build())).async();
        Credentials credentials = settings.credentials().credentials();
        String password = credentials.password();
        if (password != null) {
            String user = credentials.user();
            settled(user == null ? redis.auth(password) : redis.auth(user, password));
        }
        if (settings.database() != 0) {
            settled(redis.select(settings.database()));
        }
        settled(redis.ping());
    }

    /** The engine interrupts an attempt that takes longer than the create timeout. */
    private static <T> T settled(CompletionStage<T> stage) throws Exception {
        CompletableFuture<T> answer = stage.toCompletableFuture();
        boolean taken = false;
        try {
            T value = answer.get();
            taken = true;
            return value;
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        } finally {
            if (!taken) {
                answer.cancel(true);
            }
        }
    }
}
