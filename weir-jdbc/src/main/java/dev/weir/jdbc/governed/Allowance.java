package dev.weir.jdbc.governed;

import dev.weir.budget.Account;
import dev.weir.budget.AccountSnapshot;
import dev.weir.budget.MemoryBudget;
import dev.weir.budget.Reclaimer;
import dev.weir.event.PoolEvent;
import dev.weir.jdbc.governed.ForeignPool.Terms;
import dev.weir.jdbc.governed.ForeignPool.Use;
import dev.weir.pool.PoolEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link Books} of a governed pool equal to its account: its maximum follows what it is granted. A pool asks
 * nobody before it opens a connection, so grants are had beforehand: some more than it has connections while the budget
 * has room, and exactly as many under pressure. What is seen to be too much was opened already, so it is booked, room or
 * not, and evicted as soon as it is idle.
 *
 * <p>The account is moved outside the books' lock, for that may call any pool's owner, this one too.
 */
final class Allowance implements Reclaimer {

    private final ForeignPool pool;
    private final PoolEnvironment environment;
    private final String name;
    private final long bytes;
    private final Books books;
    private final Account account;
    private final Chore evicting;
    private final Chore opening;

    Allowance(ForeignPool pool, PoolEnvironment environment, String name, BudgetShare share) {
        this.pool = pool;
        this.environment = environment;
        this.name = name;
        this.bytes = share.bytesPerConnection();
        this.books = new Books(pool);
        this.evicting = new Chore(environment.workers(), this::evict);
        this.opening = new Chore(environment.workers(), this::open);
        this.account = environment.budget().open(name, share.floorBytes(), share.weight(), share.ceilingBytes(), this);
    }

    /** Takes charge of the pool as it is. */
    void begin() {
        books.open(pool.use());
        follow();
    }

    /** One look at the pool: books what is there, asks for what is needed, lets go of what is not. */
    void follow() {
        Use use = settle();
        if (pool.resizable()) {
            books.heedOwner();
            int needed = books.needed(use);
            ask(needed);
            int useful = useful(use);
            tell(books.lower(use, Math.max(needed, useful)), "it has not used more");
            ask(useful);
            use = settle();
            if (books.toOpen(use) > 0) {
                opening.request();
            }
        }
        if (books.toEvict(use) > 0) {
            evicting.request();
        }
    }

    /** The size that it may have for its own convenience: none above its limit while it is to become smaller. */
    private int useful(Use use) {
        int limit = books.limit();
        return use.size() > limit
                ? limit
                : (int) Math.min(books.wished(use), (long) use.size() + room(books.unused(use)));
    }

    /** Grants for all that is there or allowed, and for no more. */
    private Use settle() {
        Use use = pool.use();
        int missing = books.settle(use, environment.ticker().nanos());
        for (int i = missing; i < 0; i++) {
            account.release(bytes);
        }
        for (int i = 0; i < missing; i++) {
            book();
        }
        return use;
    }

    private void book() {
        if (!account.tryGrant(bytes)) {
            // Counts as one grant, and only then gets its size.
            account.tryGrant(0);
            account.correct(0, bytes);
        }
        books.granted(1);
    }

    /**
     * Asks the account until the pool may have so many connections, or it refuses. Each one more is a grant more: what is
     * called back and still there was promised to the budget, and is not taken back by silence.
     */
    private void ask(int connections) {
        int before = books.limit();
        int raised = before;
        while (raised < connections && account.tryGrant(bytes)) {
            books.granted(1);
            raised++;
        }
        if (raised > before) {
            tell(books.raise(raised), "the budget granted it");
        }
    }

    /**
     * How many grants may be held for connections that are not there: as many as stay free for others, and none while
     * somebody waits for bytes. What the floor sets aside is nobody else's.
     */
    private int room(int unused) {
        MemoryBudget budget = environment.budget();
        long free = budget.limitBytes();
        if (free == Long.MAX_VALUE) {
            return Integer.MAX_VALUE;
        }
        boolean wanted = false;
        for (AccountSnapshot one : budget.accounts()) {
            wanted |= one.demandBytes() > 0;
            free -= Math.max(one.floorBytes(), one.grantedBytes());
        }
        AccountSnapshot own = account.snapshot();
        long setAside = Math.max(0, own.floorBytes() - own.grantedBytes()) / bytes;
        long shared = wanted ? 0 : (Math.max(0, free) / bytes + unused) / 2;
        return (int) Math.min(Integer.MAX_VALUE, setAside + shared);
    }

    private void evict() {
        try {
            int excess = books.toEvict(settle());
            if (excess > 0) {
                pool.evictIdle(excess);
                books.evicted();
                settle();
            }
        } catch (Exception failure) {
            tell("evict: " + failure);
        }
    }

    /** None of these pools thinks again of those who wait when its maximum rises. */
    private void open() {
        try {
            int more = books.toOpen(pool.use());
            if (more > 0) {
                pool.open(more);
            }
        } catch (Exception failure) {
            // Those who wait are told so by the pool itself when they try.
            tell("open: " + failure);
        }
    }

    // The budget's side

    @Override
    public boolean reclaimOne() {
        Books.Change change = books.callBack(pool.use());
        if (change == null) {
            return false;
        }
        tell(change, "the budget called it back");
        evicting.request();
        return true;
    }

    @Override
    public long coldestIdleNanos() {
        return books.coldest(pool.use(), environment.ticker().nanos());
    }

    @Override
    public void grantAvailable() {
        if (pool.resizable()) {
            Use use = pool.use();
            ask(books.needed(use));
            if (books.toOpen(use) > 0) {
                opening.request();
            }
        }
    }

    // The end

    /** Nothing is asked for any more, and what comes to rest is evicted. */
    void windUp() {
        books.windUp();
        settle();
    }

    /** Gives every grant back and closes the account. May be called again. */
    void end(boolean restore) {
        books.end(restore);
        settle();
        account.close();
    }

    // Telling

    void tell(String trouble) {
        environment
                .events()
                .publish(new PoolEvent.CloseFailed(name, environment.ticker().nanos(), -1, trouble));
    }

    private void tell(Books.@Nullable Change change, String why) {
        if (change != null
                && change.from() != change.to()
                && environment.events().hasListeners()) {
            environment
                    .events()
                    .publish(new PoolEvent.Scaled(name, environment.ticker().nanos(), change.from(), change.to(), why));
        }
    }

    int limit() {
        return books.limit();
    }

    Terms owners() {
        return books.owners();
    }

    AccountSnapshot account() {
        return account.snapshot();
    }

    long grantedBytes() {
        return account.grantedBytes();
    }
}
