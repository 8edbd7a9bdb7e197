package dev.weir.pool;

import dev.weir.budget.Account;
import dev.weir.budget.MemoryBudget;
import dev.weir.budget.Reclaimer;
import dev.weir.event.EventStream;
import dev.weir.time.Ticker;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What pools share: time, the event stream, the memory budget, and the threads that work for them. Pools of one process
 * share the housekeeper, the workers and what is known of each endpoint, whatever their events and budget. Immutable.
 */
public final class PoolEnvironment {

    private static final class OfProcess {
        static final Workers WORKERS = new Workers();
        static final Housekeeper HOUSEKEEPER = new Housekeeper(Ticker.system(), true, WORKERS::dismissIdle);
        static final Endpoints ENDPOINTS = new Endpoints();
    }

    private final Ticker ticker;
    private final EventStream events;
    private final MemoryBudget budget;
    private final Housekeeper housekeeper;
    private final Executor workers;
    private final Executor completions;
    private final Endpoints endpoints;
    private final @Nullable SharedAccount shared;

    private PoolEnvironment(
            Ticker ticker,
            EventStream events,
            MemoryBudget budget,
            Housekeeper housekeeper,
            Executor workers,
            Executor completions,
            Endpoints endpoints,
            @Nullable SharedAccount shared) {
        this.ticker = ticker;
        this.events = events;
        this.budget = budget;
        this.housekeeper = housekeeper;
        this.workers = workers;
        this.completions = completions;
        this.endpoints = endpoints;
        this.shared = shared;
    }

    /** The process's own environment, with these events and this budget. */
    public static PoolEnvironment of(EventStream events, MemoryBudget budget) {
        return new PoolEnvironment(
                Ticker.system(),
                events,
                budget,
                OfProcess.HOUSEKEEPER,
                OfProcess.WORKERS,
                ForkJoinPool.commonPool(),
                OfProcess.ENDPOINTS,
                null);
    }

    /**
     * An environment for tests: time moves by hand, {@link #tick()} makes the housekeeper's pass, and the executor runs
     * what would run on worker threads; {@code Runnable::run} runs it at once.
     */
    public static PoolEnvironment manual(Ticker ticker, EventStream events, MemoryBudget budget, Executor workers) {
        return new PoolEnvironment(
                ticker,
                events,
                budget,
                new Housekeeper(ticker, false, () -> {}),
                workers,
                Runnable::run,
                new Endpoints(),
                null);
    }

    /**
     * The same environment for a group of pools that are paid from one account of the budget, open while one of them is.
     * What the pools' own settings say of the budget does not count there.
     *
     * @param name names the account
     * @param floorBytes set aside for the whole group
     * @param weight the whole group's part when others compete with it
     * @param ceilingBytes what the whole group never exceeds
     */
    public PoolEnvironment sharingAccount(String name, long floorBytes, int weight, long ceilingBytes) {
        return new PoolEnvironment(
                ticker,
                events,
                budget,
                housekeeper,
                workers,
                completions,
                endpoints,
                new SharedAccount(budget, name, floorBytes, weight, ceilingBytes));
    }

    /** Makes the housekeeper's pass over all its pools now, in the calling thread. */
    public void tick() {
        housekeeper.tick();
    }

    /**
     * Calls back at every pass of the housekeeper, a few times a second, on its thread, until the subscription is
     * closed; as long keeps the housekeeper alive. What is called must not block.
     *
     * @param care gets the time on the ticker, in nanoseconds
     */
    public EventStream.Subscription onPass(LongConsumer care) {
        Housekeeper.Chores chores = care::accept;
        housekeeper.add(chores);
        return () -> housekeeper.remove(chores);
    }

    /** The time. */
    public Ticker ticker() {
        return ticker;
    }

    /** Where the pools tell what happens. */
    public EventStream events() {
        return events;
    }

    /** What the pools' connections are paid from. */
    public MemoryBudget budget() {
        return budget;
    }

    /** The account that a pool is to be paid from. */
    Account openAccount(String pool, PoolSettings settings, Reclaimer owner) {
        return shared != null
                ? shared.join(owner)
                : budget.open(pool, settings.budgetFloor(), settings.budgetWeight(), settings.budgetCeiling(), owner);
    }

    /** A pool has new settings. */
    void reconfigureAccount(Account account, PoolSettings settings) {
        if (shared == null) {
            account.reconfigure(settings.budgetFloor(), settings.budgetWeight(), settings.budgetCeiling());
        }
    }

    /** A pool needs its account no more. */
    void closeAccount(Account account, Reclaimer owner) {
        if (shared == null) {
            account.close();
        } else {
            shared.leave(owner);
        }
    }

    Housekeeper housekeeper() {
        return housekeeper;
    }

    /**
     * Runs what may block, on threads that all pools share. It has no bound of its own, so let no pool have more than a
     * few tasks there at a time.
     */
    public Executor workers() {
        return workers;
    }

    Executor completions() {
        return completions;
    }

    Endpoints endpoints() {
        return endpoints;
    }
}
