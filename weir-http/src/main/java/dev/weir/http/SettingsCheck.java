package dev.weir.http;

import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at all that a builder collected, finds every problem, and makes the settings when there is none. */
final class SettingsCheck {

    private static final int LONGEST_NAME = 100;
    private static final AtomicInteger UNNAMED = new AtomicInteger();

    /** Filling a slot reaches no server: only a budget without room makes it fail, and it is asked again soon. */
    private static final Duration BUDGET_PAUSE = Duration.ofMillis(25);

    private final WeirHttpBuilder from;
    private final List<String> problems = new ArrayList<>();

    private SettingsCheck(WeirHttpBuilder from) {
        this.from = from;
    }

    static HttpSettings of(WeirHttpBuilder from) {
        return new SettingsCheck(from).settings();
    }

    private HttpSettings settings() {
        PoolSettings perRoute = PoolSettings.shared();
        PoolSettings.Builder builder = PoolSettings.shared().toBuilder()
                .min(0)
                .connectPause(BUDGET_PAUSE)
                .connectPauseMax(BUDGET_PAUSE.multipliedBy(2));
        from.changes.forEach(change -> change.accept(builder));
        try {
            perRoute = builder.build();
            problem(
                    perRoute.min() > 0,
                    "min is " + perRoute.min()
                            + ": use 0, for the HTTP library connects when a request needs it and not before");
            problem(
                    from.maxTotal < perRoute.max(),
                    "maxTotal is " + from.maxTotal + ", below max for each route, " + perRoute.max()
                            + ": raise maxTotal or lower max");
        } catch (InvalidSettingsException invalid) {
            problems.addAll(invalid.problems());
        }
        problem(
                from.maxTotal < 1 || from.maxTotal > PoolSettings.MAX_CONNECTIONS,
                "maxTotal is " + from.maxTotal + ": use 1 to " + PoolSettings.MAX_CONNECTIONS);
        problem(
                from.maxRoutes < 1 || from.maxRoutes > HttpSettings.MOST_ROUTES,
                "maxRoutes is " + from.maxRoutes + ": use 1 to " + HttpSettings.MOST_ROUTES);
        problem(
                from.manager != null && from.environment != null,
                "manager and environment are both set: keep the manager, which has an environment");
        String name = from.name;
        problem(
                name != null && (name.isBlank() || name.length() > LONGEST_NAME),
                "name is blank or too long: use 1 to " + LONGEST_NAME + " characters");
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException("These settings of HTTP connections", problems);
        }
        return new HttpSettings(
                name == null ? "http-" + UNNAMED.incrementAndGet() : name, perRoute, from.maxTotal, from.maxRoutes);
    }

    private void problem(boolean holds, String problem) {
        if (holds) {
            problems.add(problem);
        }
    }
}
