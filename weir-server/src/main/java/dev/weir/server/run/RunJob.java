package dev.weir.server.run;

import dev.weir.server.config.DashboardPlan;
import dev.weir.server.config.RunPlan;
import dev.weir.server.redis.RedisPart;
import dev.weir.server.screen.Figures;
import dev.weir.server.screen.Screen;
import dev.weir.server.tpcb.Control;
import dev.weir.server.tpcb.TpcbInvariant;
import dev.weir.server.tpcb.TpcbSchema;
import dev.weir.server.tpcb.TpcbTransaction;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A whole run, from nothing to nothing. Used by one thread; {@link Stop} may be asked from any other. */
public final class RunJob {

    private static final int DROP_SECONDS = 30;

    private final RunPlan plan;
    private final Screen screen;
    private final Stop stop;
    private final Instant startedAt = Instant.now();

    private Reached reached = Reached.NOTHING;
    private @Nullable RedisPart redis;
    private @Nullable LoadResult load;
    private @Nullable TpcbInvariant invariant;
    private @Nullable String failure;
    private boolean stopped;

    /** Prepares a run. */
    public RunJob(RunPlan plan, Screen screen, Stop stop) {
        this.plan = plan;
        this.screen = screen;
        this.stop = stop;
    }

    /** Carries it out. Never throws for what a database or a pool does: the report says it. */
    @SuppressWarnings("try") // a registration is only there to be closed
    public RunReport run() {
        try (Servers open = Servers.open(plan, screen)) {
            stop.check();
            try (Control control = open.database().control();
                    Stop.Registration abort = stop.on(Stop.Wish.AT_ONCE, control::abort)) {
                reach(open, control);
                work(open, control);
            } finally {
                clearRedis();
            }
        } catch (Stop.StoppedException early) {
            stopped = true;
        } catch (IOException | SQLException | RuntimeException broken) {
            fail(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        screen.settle();
        return new ReportMaker(
                        plan,
                        startedAt,
                        reached,
                        failure,
                        stopped,
                        load,
                        invariant,
                        redis == null ? null : redis.verdict())
                .make();
    }

    private void reach(Servers open, Control control) throws SQLException {
        redis = open.redis() == null ? null : new RedisPart(open.redis());
        reached = new Reached(
                open.database().describe(control.connection()),
                redis == null ? null : redis.described(),
                open.endpoint() == null ? null : open.endpoint().describe());
        screen.say(Stream.of(reached.database(), reached.redis(), reached.http())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(", "))
                + ": ready after " + Figures.span(sinceStart()));
    }

    private void clearRedis() {
        if (redis != null && !redis.clear()) {
            screen.warn("The keys of this run could not be deleted from Redis; they vanish by themselves within a day");
        }
    }

    private void work(Servers open, Control control)
            throws IOException, SQLException, Stop.StoppedException, InterruptedException {
        TpcbSchema schema = claim(control);
        try {
            fill(control, schema);
            stop.check();
            Fleet fleet = ManagedFleet.open(plan, open, schema.sql(), redis == null ? null : redis.counters());
            if (fleet.metrics() != null) {
                screen.say("Metrics at " + fleet.metrics() + "/metrics, health at " + fleet.metrics() + "/health");
            }
            if (plan.dashboard().enabled()) {
                serve(fleet, plan.dashboard());
            }
            load = new LoadPhase(plan, fleet, screen, stop).run();
            if (!stop.isAtOnce()) {
                screen.progress("Checking the sums", -1);
                if (redis != null) {
                    redis.check();
                }
                check(open.database(), schema);
            }
        } finally {
            // An embedded server takes it along, faster than it would be dropped.
            if (!open.database().isEmbedded()) {
                control.rollBack();
                drop(open.database(), schema);
            }
        }
    }

    /** A run goes on without its page where that cannot be served. */
    private void serve(Fleet fleet, DashboardPlan page) {
        try {
            screen.say("Dashboard: " + fleet.serve(page) + " (the token in it allows changes)");
        } catch (RuntimeException unable) {
            screen.warn("The dashboard cannot be served: " + unable.getMessage());
        }
    }

    @SuppressWarnings("try") // a registration is only there to be closed
    private TpcbSchema claim(Control control) throws SQLException, Stop.StoppedException {
        try (Stop.Registration cancel = stop.on(Stop.Wish.IN_ORDER, control::cancel)) {
            return TpcbSchema.claim(control, plan.schema());
        } catch (SQLException failed) {
            // A cancelled statement fails too: then there is nothing to report but the wish.
            stop.check();
            throw failed;
        }
    }

    @SuppressWarnings("try") // a registration is only there to be closed
    private void fill(Control control, TpcbSchema schema) throws SQLException, Stop.StoppedException {
        long begun = System.nanoTime();
        String what = "TPC-B at scale " + plan.scale() + ", "
                + Figures.count((long) plan.scale() * TpcbTransaction.ACCOUNTS_PER_BRANCH) + " accounts";
        try (Stop.Registration cancel = stop.on(Stop.Wish.IN_ORDER, control::cancel)) {
            screen.progress("Loading " + what, 0);
            schema.fill(plan.scale(), share -> screen.progress("Loading " + what, share));
            screen.say("Loaded " + what + ", in " + Figures.span(System.nanoTime() - begun));
        } catch (SQLException failed) {
            stop.check();
            throw failed;
        }
    }

    /** Over a new connection: the first may have been lost with a server that was restarted under the load. */
    @SuppressWarnings("try") // a registration is only there to be closed
    private void check(Database open, TpcbSchema schema) throws SQLException {
        try (Control fresh = open.control();
                Stop.Registration abort = stop.on(Stop.Wish.AT_ONCE, fresh::abort)) {
            invariant = TpcbInvariant.read(fresh.connection(), schema.sql());
        }
    }

    private void drop(Database open, TpcbSchema schema) {
        try (Control fresh = open.control(DROP_SECONDS)) {
            schema.drop(fresh);
            screen.say("Dropped the schema " + plan.schema() + "; the database is as it was");
        } catch (SQLException unreachable) {
            screen.warn("The schema " + plan.schema() + " could not be dropped: " + unreachable.getMessage()
                    + "; the next run clears it away, or DROP SCHEMA " + plan.schema() + " CASCADE");
        }
    }

    private void fail(Exception broken) {
        // What breaks while everything is taken away at once is not worth a word.
        if (stop.isAtOnce() || (stop.isRequested() && load == null)) {
            stopped = true;
            return;
        }
        String message = broken.getMessage();
        failure = broken.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private long sinceStart() {
        return Duration.between(startedAt, Instant.now()).toNanos();
    }
}
