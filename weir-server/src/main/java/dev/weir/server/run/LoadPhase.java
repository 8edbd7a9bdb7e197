package dev.weir.server.run;

import dev.weir.ShutdownReport;
import dev.weir.event.EventStream;
import dev.weir.server.config.HumanDuration;
import dev.weir.server.config.RunPlan;
import dev.weir.server.load.Lane;
import dev.weir.server.load.VirtualUsers;
import dev.weir.server.screen.Sample;
import dev.weir.server.screen.Screen;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The users at work, from the first operation to the last connection closed. Used by one thread. */
final class LoadPhase {

    private static final long LOOK_EVERY = TimeUnit.SECONDS.toNanos(1);
    /** How late a wish to stop may be noticed. */
    private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(50);
    /** Users that were cut off end as soon as they notice. */
    private static final long CUT_OFF_PATIENCE = TimeUnit.SECONDS.toNanos(5);

    private final RunPlan plan;
    private final Fleet fleet;
    private final Screen screen;
    private final Stop stop;
    private final VirtualUsers users;
    private final long begun = System.nanoTime();
    private final Notices notices = new Notices(begun);
    private final Sampler sampler;

    LoadPhase(RunPlan plan, Fleet fleet, Screen screen, Stop stop) {
        this.plan = plan;
        this.fleet = fleet;
        this.screen = screen;
        this.stop = stop;
        List<Lane> lanes = fleet.members().stream().map(Fleet.Member::lane).toList();
        users = new VirtualUsers(lanes, UserThreads.factory());
        sampler = new Sampler(plan, fleet, begun);
    }

    /** Runs the load and takes the pools down; they are down even when this throws. */
    @SuppressWarnings("try") // a subscription is only there to be closed
    LoadResult run() throws InterruptedException {
        boolean early = false;
        long loadNanos = 0;
        ShutdownReport ending;
        int usersLeft;
        try (EventStream.Subscription hearing = fleet.listen(notices::hear)) {
            try {
                users.start();
                early = work();
                users.stop();
                awaitUsers();
                loadNanos = System.nanoTime() - begun;
                sampler.look(System.nanoTime());
            } finally {
                users.stop();
                screen.settle();
                ending = fleet.shutdown(stop.isAtOnce() ? Duration.ZERO : plan.drainTimeout());
            }
            usersLeft = users.awaitEnd(CUT_OFF_PATIENCE);
            notices.showFor(1, screen);
        }
        return new LoadResult(
                early,
                loadNanos,
                fleet.members().stream().map(LoadResult.PoolEnd::of).toList(),
                notices,
                sampler.peakGrantedBytes(),
                ending,
                usersLeft);
    }

    /** Shows the load until it is over; says whether it ended before its time. */
    private boolean work() throws InterruptedException {
        Duration planned = plan.duration();
        long most = planned == null ? Long.MAX_VALUE : nanos(planned);
        long nextLook = begun + LOOK_EVERY;
        while (!stop.isRequested()) {
            long now = System.nanoTime();
            if (now - begun >= most) {
                return false;
            }
            if (now - nextLook >= 0) {
                nextLook += LOOK_EVERY;
                Sample sample = sampler.look(now);
                screen.show(sample);
                if (screen.isGone()) {
                    stop.request();
                }
            }
            notices.showFor(Math.min(GLANCE, Math.max(1, nextLook - now)), screen);
        }
        return planned != null;
    }

    private void awaitUsers() throws InterruptedException {
        long stopped = System.nanoTime();
        long most = nanos(plan.drainTimeout());
        int left = users.awaitEnd(GLANCE);
        while (left > 0 && !stop.isAtOnce() && System.nanoTime() - stopped < most) {
            left = users.awaitEnd(GLANCE);
        }
        if (left > 0) {
            screen.warn(left + " users are still at work"
                    + (stop.isAtOnce() ? "" : " after " + HumanDuration.format(plan.drainTimeout()))
                    + ": their connections are taken from them");
        }
    }

    /** Saturates, which {@link Duration#toNanos} does not. */
    private static long nanos(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }
}
