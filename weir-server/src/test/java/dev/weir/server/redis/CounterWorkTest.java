package dev.weir.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.server.load.Meaning;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisProtocol;

/** What a user makes of replies that are not those to his questions. */
class CounterWorkTest {

    private static final String ITS_VALUE = "its value";

    private final Deque<String> replies = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final ScriptedRedis redis = new ScriptedRedis(this::reply);
    private final RedisClient client = RedisClient.builder()
            .hostAndPort("127.0.0.1", redis.port())
            .clientConfig(DefaultJedisClientConfig.builder()
                    .protocol(RedisProtocol.RESP2)
                    .build())
            .build();
    private final Counters counters = new Counters();
    /** Draws counter 0 each time. */
    private final CounterWork work = new CounterWork(client, counters, () -> 0L);

    private String value = "";

    CounterWorkTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        client.close();
        redis.close();
    }

    private String reply(List<String> command) {
        asked.add(command.get(0));
        if (command.get(0).equals("SET")) {
            value = command.get(2);
        }
        String next = replies.removeFirst();
        return switch (next) {
            case ITS_VALUE -> "$" + value.length() + "\r\n" + value;
            default -> next;
        };
    }

    private Meaning meaningOf(String... script) {
        replies.addAll(List.of(script));
        Throwable failure = null;
        while (!replies.isEmpty() && failure == null) {
            failure = catchThrowable(work::next);
        }
        assertThat(failure).as("the last reply is no good").isNotNull();
        return work.meaning(failure);
    }

    @Test
    void rightRepliesAreCounted() throws Exception {
        replies.addAll(List.of("+OK", ITS_VALUE, ":1", "+OK", ITS_VALUE, ":2"));
        for (int i = 0; i < 6; i++) {
            work.next();
        }
        assertThat(asked).containsExactly("SET", "GET", "INCR", "SET", "GET", "INCR");
        long[] counted = new long[Counters.COUNT];
        counted[0] = 2;
        assertThat(counters.verdict(counted).holds()).isTrue();
    }

    @Test
    void aValueThatIsSomebodyElsesIsAWrongAnswer() {
        assertThat(meaningOf("+OK", "$5\r\nother")).isEqualTo(Meaning.WRONG);
    }

    @Test
    void theValueBeforeIsAWrongAnswer() {
        String before = "$-1";
        assertThat(meaningOf("+OK", before)).isEqualTo(Meaning.WRONG);
    }

    @Test
    void aCounterThatStandsStillIsAWrongAnswer() {
        assertThat(meaningOf("+OK", ITS_VALUE, ":7", "+OK", ITS_VALUE, ":7")).isEqualTo(Meaning.WRONG);
        assertThat(counters.unread("").uncertain()).isEqualTo(1);
        assertThat(counters.unread("").acknowledged()).isEqualTo(1);
    }

    @Test
    void aReplyOfAnotherTypeIsAWrongAnswer() {
        assertThat(meaningOf("+OK", ITS_VALUE, "$2\r\nhi")).isEqualTo(Meaning.WRONG);
        assertThat(counters.unread("").uncertain()).isEqualTo(1);
    }

    @Test
    void anIncrementWithoutAReplyIsUncertain() {
        assertThat(meaningOf("+OK", ITS_VALUE, ScriptedRedis.HANG_UP)).isEqualTo(Meaning.UNCERTAIN);
        assertThat(counters.unread("").uncertain()).isEqualTo(1);
    }

    @Test
    void anIncrementThatTheServerRefusesIsCertain() {
        assertThat(meaningOf("+OK", ITS_VALUE, "-OOM command not allowed")).isEqualTo(Meaning.ERROR);
        assertThat(counters.unread("").uncertain()).isZero();
    }

    @Test
    void afterAFailureTheValueIsSetAnew() {
        assertThat(meaningOf("+OK", ScriptedRedis.HANG_UP)).isEqualTo(Meaning.ERROR);
        replies.add("+OK");
        assertThat(catchThrowable(work::next)).isNull();
        assertThat(asked).containsExactly("SET", "GET", "SET");
    }
}
