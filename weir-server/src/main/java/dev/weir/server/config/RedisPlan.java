package dev.weir.server.config;

import dev.weir.pool.PoolSettings;
import dev.weir.redis.Profile;
import dev.weir.redis.SessionReset;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The Redis part of the load.
 *
 * @param name names the pool in tables, events and reports
 * @param profile where its settings come from
 * @param settings of the engine
 * @param queryTimeout how long a command may wait for its reply; zero: as long as the socket allows
 * @param sessionReset what happens to what borrowers change on a connection
 * @param users virtual users that work on it; 0 leaves Redis out
 * @param pause how long each rests between two commands, on average
 * @param access the server to work on; {@code null}: an embedded one
 */
public record RedisPlan(
        String name,
        Profile profile,
        PoolSettings settings,
        Duration queryTimeout,
        SessionReset sessionReset,
        int users,
        Duration pause,
        @Nullable RedisAccess access) {

    /** What a run does when nobody says otherwise. */
    static RedisPlan standard() {
        return of(Profile.FRUGAL);
    }

    /** A pool with a profile's settings and everything else as usual: one user more than the frugal one has connections. */
    static RedisPlan of(Profile profile) {
        return new RedisPlan(
                "redis",
                profile,
                profile.pool(),
                profile.queryTimeout(),
                SessionReset.PRECISE,
                4,
                Duration.ofMillis(10),
                null);
    }

    /** Whether Redis is a part of the run. */
    public boolean isWanted() {
        return users > 0;
    }

    /** The same with other users, on another server. */
    public RedisPlan with(int otherUsers, @Nullable RedisAccess other) {
        return new RedisPlan(name, profile, settings, queryTimeout, sessionReset, otherUsers, pause, other);
    }

    /** Sets every figure of the settings on a builder. */
    public void configure(PoolSettings.Builder builder) {
        SettingsFields.apply(SettingsFields.all(settings), PoolSettings.class, builder);
    }
}
