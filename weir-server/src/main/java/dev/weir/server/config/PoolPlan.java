package dev.weir.server.config;

import dev.weir.jdbc.Profile;
import dev.weir.jdbc.SessionReset;
import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.Locale;

/**
 * A pool to be opened.
 *
 * @param name names it in tables, events and reports
 * @param profile where its settings come from
 * @param settings of the engine
 * @param queryTimeout how long a statement may run; zero: as long as it takes
 * @param sessionReset what happens to session state that borrowers changed
 * @param statementStatistics whether its statements are counted and timed
 * @param share its part of the virtual users, relative to the other pools
 */
public record PoolPlan(
        String name,
        Profile profile,
        PoolSettings settings,
        Duration queryTimeout,
        SessionReset sessionReset,
        boolean statementStatistics,
        int share) {

    /** Sets every figure of the settings on a builder. */
    public void configure(PoolSettings.Builder builder) {
        SettingsFields.apply(SettingsFields.all(settings), PoolSettings.class, builder);
    }

    /** A pool named after its profile, with nothing changed. */
    static PoolPlan of(Profile profile) {
        return new PoolPlan(
                nameOf(profile),
                profile,
                profile.pool(),
                profile.queryTimeout(),
                SessionReset.PRECISE,
                true,
                standardShare(profile));
    }

    /** A little more than each pool has connections, so that its queue is seen at work. */
    static int standardShare(Profile profile) {
        return switch (profile) {
            case SHARED -> 6;
            case FRUGAL -> 4;
            case PERFORMANCE -> 6;
        };
    }

    static String nameOf(Profile profile) {
        return profile.name().toLowerCase(Locale.ROOT);
    }
}
