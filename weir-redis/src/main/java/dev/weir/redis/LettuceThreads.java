package dev.weir.redis;

import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The event loops that all Lettuce pools of the process share: started with the first pool, ended with the last. */
final class LettuceThreads {

    /** How long Lettuce may pause between attempts to reconnect a shared connection. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static @Nullable ClientResources running;
    private static int users;

    private LettuceThreads() {}

    static ClientResources join() {
        LOCK.lock();
        try {
            ClientResources resources = running;
            if (resources == null) {
                resources = ClientResources.builder()
                        .reconnectDelay(Delay.exponential(SHORTEST_PAUSE, LONGEST_PAUSE, 2, TimeUnit.MILLISECONDS))
                        .build();
                running = resources;
            }
            users++;
            return resources;
        } finally {
            LOCK.unlock();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // they end by themselves; nobody waits for it
    static void leave() {
        ClientResources ended = null;
        LOCK.lock();
        try {
            if (--users == 0) {
                ended = running;
                running = null;
            }
        } finally {
            LOCK.unlock();
        }
        if (ended != null) {
            ended.shutdown(0, 2, TimeUnit.SECONDS);
        }
    }
}
