package dev.weir.jdbc.governed;

import dev.weir.budget.Account;
import dev.weir.budget.AccountSnapshot;
import dev.weir.budget.MemoryBudget;
import dev.weir.budget.Reclaimer;
import dev.weir.event.PoolEvent;
import dev.weir.jdbc.governed.ForeignPool.Terms;
import dev.weir.jdbc.governed.ForeignPool.Use;
import dev.weir.pool.PoolEnvironment;
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger tidying = new AtomicInteger();

    Allowance(ForeignPool pool, PoolEnvironment environment, String name, BudgetShare share) {
        this.pool = pool;
        this.environment = environment;
        this.name = name;
        this.bytes = share.bytesPerConnection();
        this.books = new Books(pool);
        this.account =
                environment.budget().open(name, share.floorBytes(), share.weight(), share.ceilingBytes(), this);
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
            int wished = books.wished(use);
            tell(books.lower(wished), "it has not used more");
            ask(books.needed(use));
            ask((int) Math.min(wished, (long) books.limit() + room()));
            use = settle();
        }
        if (books.toEvict(use) > 0) {
            tidyUp();
        }
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

    /** Asks the account until the pool may have so many connections, or it refuses. */
    private void ask(int connections) {
        int before = books.limit();
        int raised = before;
        while (raised < connections && hasGrantFor(raised + 1)) {
            raised++;
        }
        if (raised > before) {
            tell(books.raise(raised), "the budget granted it");
        }
    }

    private boolean hasGrantFor(int connections) {
        if (books.hasGrantsFor(connections)) {
            return true;
        }
        boolean granted = account.tryGrant(bytes);
        if (granted) {
            books.granted(1);
        }
        return granted;
    }

    /** Connections that may be granted without anybody being the worse for it; to want more would press on others. */
    private int room() {
        MemoryBudget budget = environment.budget();
        long free = budget.limitBytes();
        if (free == Long.MAX_VALUE) {
            return Integer.MAX_VALUE;
        }
        for (AccountSnapshot one : budget.accounts()) {
            if (one.demandBytes() > 0) {
                return 0;
            }
            free -= Math.max(one.floorBytes(), one.grantedBytes());
        }
        AccountSnapshot own = account.snapshot();
        free = Math.max(0, free) + Math.max(0, own.floorBytes() - own.grantedBytes());
        free = Math.min(free, own.ceilingBytes() - own.grantedBytes());
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, free / bytes));
    }

    /** Has a worker evict what is too much and give its grants back; one at a time for each pool. */
    private void tidyUp() {
        if (tidying.getAndIncrement() == 0) {
            environment.workers().execute(() -> {
                int seen;
                do {
                    seen = tidying.get();
                    tidy();
                } while (!tidying.compareAndSet(seen, 0));
            });
        }
    }

    private void tidy() {
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

    // The budget's side

    @Override
    public boolean reclaimOne() {
        Books.Change[] change = new Books.Change[1];
        if (!books.callBack(pool.use(), change)) {
            return false;
        }
        tell(change[0], "the budget called it back");
        tidyUp();
        return true;
    }

    @Override
    public long coldestIdleNanos() {
        return books.coldest(pool.use(), environment.ticker().nanos());
    }

    @Override
    public void grantAvailable() {
        if (pool.resizable()) {
            ask(books.needed(pool.use()));
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
        if (change != null && environment.events().hasListeners()) {
            environment
                    .events()
                    .publish(new PoolEvent.Scaled(
                            name, environment.ticker().nanos(), change.from(), change.to(), why));
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
