package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.redis.FaultyProxy.Fault;
import dev.weir.redis.local.LocalRedis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Four threads ask a real server while it is killed, frozen, restarted, or mangled on its way. Every reply is tagged: one that
 * was meant for another question would show. No call may outlive its timeouts by more than a second, and within two seconds
 * of the server's return every thread must have good answers.
 */
class OutageIT {

    private static final Duration ACQUIRE = Duration.ofSeconds(1);
    private static final Duration SOCKET = Duration.ofMillis(500);
    /** A call may wait for a connection, then for its reply, then while the connection is reset. */
    private static final long LONGEST =
            ACQUIRE.plus(SOCKET).plus(SOCKET).plusSeconds(1).toMillis();

    private static final int THREADS = 4;

    private LocalRedis redis;
    private FaultyProxy proxy;
    private @Nullable Load running;

    @BeforeEach
    void start() throws IOException {
        redis = LocalRedis.start();
        proxy = new FaultyProxy(redis.port());
    }

    @AfterEach
    void end() throws Exception {
        if (running != null) {
            running.end();
        }
        proxy.close();
        redis.close();
    }

    private Load underLoad(Borrower.Kind kind, int port) {
        Load load = new Load(kind.open(WeirRedis.builder()
                .node("127.0.0.1", port)
                .socketTimeout(SOCKET)
                .settings(settings -> settings.min(1)
                        .max(THREADS)
                        .acquireTimeout(ACQUIRE)
                        .createTimeout(Duration.ofSeconds(1))
                        .checkTimeout(SOCKET))));
        running = load;
        load.untilGood();
        return load;
    }

    @ParameterizedTest
    @EnumSource
    void killedAndStartedAgain(Borrower.Kind kind) throws Exception {
        Load load = underLoad(kind, redis.port());
        redis.kill();
        load.untilFailing();
        redis.startAgain();
        load.untilGood();
        load.judge();
    }

    @ParameterizedTest
    @EnumSource
    void restartedAtOnce(Borrower.Kind kind) throws Exception {
        Load load = underLoad(kind, redis.port());
        redis.restart();
        load.untilGood();
        load.judge();
    }

    @ParameterizedTest
    @EnumSource
    void frozenForLongerThanAnyTimeout(Borrower.Kind kind) throws Exception {
        Load load = underLoad(kind, redis.port());
        redis.freeze();
        load.untilFailing();
        load.untilAttempts(3 * THREADS);
        redis.thaw();
        load.untilGood();
        load.judge();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SILENT", "HALF_THEN_SILENT", "HALF_THEN_CLOSED", "CLOSING"})
    void mangledForJedis(Fault fault) throws Exception {
        mangled(Borrower.Kind.JEDIS, fault);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SILENT", "HALF_THEN_SILENT", "HALF_THEN_CLOSED", "CLOSING"})
    void mangledForLettuce(Fault fault) throws Exception {
        mangled(Borrower.Kind.LETTUCE, fault);
    }

    private void mangled(Borrower.Kind kind, Fault fault) throws Exception {
        Load load = underLoad(kind, proxy.port());
        proxy.fault(fault);
        load.untilFailing();
        load.untilAttempts(THREADS);
        proxy.fault(Fault.NONE);
        load.untilGood();
        load.judge();
    }

    /** Threads that ask without a pause. */
    private static final class Load {

        private final Borrower borrower;
        private final List<Thread> threads = new ArrayList<>();
        private final AtomicLong[] good = new AtomicLong[THREADS];
        private final AtomicLong failed = new AtomicLong();
        private final AtomicLong longestMillis = new AtomicLong();
        private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
        private volatile boolean over;

        Load(Borrower borrower) {
            this.borrower = borrower;
            for (int i = 0; i < THREADS; i++) {
                int number = i;
                good[i] = new AtomicLong();
                Thread thread = new Thread(() -> run(number), "asker-" + i);
                threads.add(thread);
                thread.start();
            }
        }

        private void run(int number) {
            for (long n = 0; !over; n++) {
                String tag = number + ":" + n;
                long before = System.nanoTime();
                try {
                    String reply = borrower.echo(tag);
                    if (!tag.equals(reply)) {
                        wrong.add("asked " + tag + ", got " + reply);
                    }
                    good[number].incrementAndGet();
                } catch (RuntimeException failure) {
                    failed.incrementAndGet();
                }
                long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
                longestMillis.accumulateAndGet(took, Math::max);
            }
        }

        /** Each thread has some good answers in a row from now on, the first within two seconds. */
        void untilGood() {
            long[] before = new long[THREADS];
            for (int i = 0; i < THREADS; i++) {
                before[i] = good[i].get();
            }
            Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> {
                for (int i = 0; i < THREADS; i++) {
                    if (good[i].get() < before[i] + 10) {
                        return false;
                    }
                }
                return true;
            });
        }

        void untilFailing() {
            long before = failed.get();
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> failed.get() > before);
        }

        void untilAttempts(int more) {
            long before = failed.get();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> failed.get() >= before + more);
        }

        void judge() {
            assertThat(wrong).isEmpty();
            assertThat(longestMillis.get()).isLessThanOrEqualTo(LONGEST);
        }

        void end() throws InterruptedException {
            over = true;
            for (Thread thread : threads) {
                thread.join(10_000);
                assertThat(thread.isAlive()).isFalse();
            }
            borrower.close();
        }
    }
}
