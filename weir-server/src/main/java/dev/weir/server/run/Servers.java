package dev.weir.server.run;

import dev.weir.server.config.RedisPlan;
import dev.weir.server.config.RunPlan;
import dev.weir.server.http.AccountEndpoint;
import dev.weir.server.redis.RedisServer;
import dev.weir.server.screen.Screen;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the pools are connected to. Closing this ends what it started.
 *
 * @param database PostgreSQL
 * @param redis {@code null} where it is left out, or cannot run
 * @param endpoint {@code null} where HTTP is left out
 */
record Servers(
        Database database,
        @Nullable RedisServer redis,
        @Nullable AccountEndpoint endpoint) implements AutoCloseable {

    /** Opens all of them, an embedded Redis beside the embedded PostgreSQL. */
    static Servers open(RunPlan plan, Screen screen) throws IOException {
        CompletableFuture<@Nullable RedisServer> starting =
                CompletableFuture.supplyAsync(() -> redis(plan.redis(), screen));
        Database database = null;
        AccountEndpoint endpoint = null;
        boolean whole = false;
        try {
            database = Database.open(plan, screen);
            endpoint = plan.http().isWanted()
                    ? AccountEndpoint.start(plan.http().settings().max())
                    : null;
            Servers open = new Servers(database, starting.join(), endpoint);
            whole = true;
            return open;
        } finally {
            if (!whole) {
                close(database, starting.exceptionally(failed -> null).join(), endpoint);
            }
        }
    }

    /** A machine that cannot run the embedded one, of another architecture for instance, still does everything else. */
    private static @Nullable RedisServer redis(RedisPlan plan, Screen screen) {
        if (!plan.isWanted()) {
            return null;
        }
        if (plan.access() != null) {
            return RedisServer.given(plan.access());
        }
        try {
            return RedisServer.embedded();
        } catch (IOException unable) {
            screen.warn("The embedded Redis cannot run here, so the load goes on without it: " + unable.getMessage());
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        close(database, redis, endpoint);
    }

    /** Each of them whatever the others do. */
    @SuppressWarnings("try") // they are only here to be closed
    private static void close(
            @Nullable Database database, @Nullable RedisServer redis, @Nullable AccountEndpoint endpoint)
            throws IOException {
        try (Database first = database;
                RedisServer second = redis;
                AccountEndpoint third = endpoint) {
            // Nothing: the end of this block closes them, the last one first.
        }
    }
}
