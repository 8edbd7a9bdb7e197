package dev.weir.socketio.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Three connections to Redis: one for commands, one that waits for entries, one for what is published. */
final class RedisLink {

    static final int READ_COUNT = 100;
    private static final Duration READ_BLOCK = Duration.ofSeconds(5);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final StreamsSettings settings;
    private final StatefulRedisConnection<String, byte[]> commands;
    private final StatefulRedisConnection<String, byte[]> reader;
    private final StatefulRedisPubSubConnection<String, byte[]> subscriber;

    /** Connects and waits for it. */
    RedisLink(RedisClient client, RedisURI uri, StreamsSettings settings, BiConsumer<String, byte[]> published) {
        this.settings = settings;
        commands = client.connect(CODEC, uri);
        reader = client.connect(CODEC, uri);
        reader.setTimeout(READ_BLOCK.plus(settings.requestTimeout()));
        subscriber = client.connectPubSub(CODEC, uri);
        subscriber.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, byte[] message) {
                published.accept(channel, message);
            }
        });
    }

    boolean isOpen() {
        return commands.isOpen() && reader.isOpen();
    }

    CompletionStage<String> ping() {
        return commands.async().ping();
    }

    CompletableFuture<String> append(Map<String, byte[]> fields) {
        XAddArgs trim = new XAddArgs().maxlen(settings.maxLength()).approximateTrimming();
        return commands.async().xadd(settings.stream(), trim, fields).toCompletableFuture();
    }

    @SuppressWarnings("unchecked") // an array of one, made for the variable arguments and only read
    CompletionStage<List<StreamMessage<String, byte[]>>> readAfter(StreamId position) {
        return reader.async()
                .xread(
                        XReadArgs.Builder.block(READ_BLOCK).count(READ_COUNT),
                        XReadArgs.StreamOffset.from(settings.stream(), position.toString()));
    }

    /** The newest entry, alone in the list; empty if there is none. */
    CompletionStage<List<StreamMessage<String, byte[]>>> newest() {
        return commands.async().xrevrange(settings.stream(), Range.unbounded(), Limit.from(1));
    }

    /** From an id on, itself included. */
    CompletionStage<List<StreamMessage<String, byte[]>>> range(StreamId from, int count) {
        Range<String> range = Range.from(Range.Boundary.including(from.toString()), Range.Boundary.unbounded());
        return commands.async().xrange(settings.stream(), range, Limit.from(count));
    }

    CompletionStage<Long> publish(String channel, byte[] message) {
        return commands.async().publish(channel, message);
    }

    CompletionStage<Map<String, Long>> subscribers(String channel) {
        return commands.async().pubsubNumsub(channel);
    }

    CompletionStage<String> set(String key, byte[] value, Duration age) {
        return commands.async().set(key, value, SetArgs.Builder.px(Math.max(1, age.toMillis())));
    }

    CompletionStage<byte[]> take(String key) {
        return commands.async().getdel(key);
    }

    CompletionStage<Void> subscribe(String... channels) {
        return subscriber.async().subscribe(channels);
    }

    CompletionStage<Void> unsubscribe(String... channels) {
        return subscriber.async().unsubscribe(channels);
    }

    void close() {
        commands.close();
        reader.close();
        subscriber.close();
    }
}
