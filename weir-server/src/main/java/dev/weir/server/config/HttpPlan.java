package dev.weir.server.config;

import dev.weir.http.WeirHttp;
import dev.weir.pool.PoolSettings;
import java.time.Duration;

/**
 * The HTTP part of the load, which is sent to an endpoint of the run's own.
 *
 * @param name names the pool in tables, events and reports
 * @param settings of the engine
 * @param answerTimeout how long an answer may take
 * @param users virtual users that work on it; 0 leaves HTTP out
 * @param pause how long each rests between two requests, on average
 */
public record HttpPlan(String name, PoolSettings settings, Duration answerTimeout, int users, Duration pause) {

    /** What a run does when nobody says otherwise. */
    static HttpPlan standard() {
        return new HttpPlan(
                "http", WeirHttp.builder().settings().perRoute(), Duration.ofSeconds(5), 4, Duration.ofMillis(10));
    }

    /** Whether HTTP is a part of the run. */
    public boolean isWanted() {
        return users > 0;
    }

    /** The same with other users. */
    public HttpPlan with(int otherUsers) {
        return new HttpPlan(name, settings, answerTimeout, otherUsers, pause);
    }

    /** Sets every figure of the settings on a builder. */
    public void configure(PoolSettings.Builder builder) {
        SettingsFields.apply(SettingsFields.all(settings), PoolSettings.class, builder);
    }
}
