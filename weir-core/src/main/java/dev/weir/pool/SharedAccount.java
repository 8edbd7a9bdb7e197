package dev.weir.pool;

import dev.weir.budget.Account;
import dev.weir.budget.MemoryBudget;
import dev.weir.budget.Reclaimer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One account of the memory budget for a group of pools, such as those of a cluster's nodes: they have its floor, weight and
 * ceiling together. It is open while a pool is in the group. Bounded by the number of pools.
 */
final class SharedAccount implements Reclaimer {

    private final MemoryBudget budget;
    private final String name;
    private final long floor;
    private final int weight;
    private final long ceiling;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Reclaimer> members = new LinkedHashSet<>();
    private final AtomicInteger turn = new AtomicInteger();
    private @Nullable Account account;

    SharedAccount(MemoryBudget budget, String name, long floor, int weight, long ceiling) {
        this.budget = budget;
        this.name = name;
        this.floor = floor;
        this.weight = weight;
        this.ceiling = ceiling;
    }

    /** A pool joins; the first one opens the account. */
    Account join(Reclaimer pool) {
        lock.lock();
        try {
            Account open = account;
            if (open == null) {
                open = budget.open(name, floor, weight, ceiling, this);
                account = open;
            }
            members.add(pool);
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** A pool leaves; with the last one the account is closed. */
    void leave(Reclaimer pool) {
        Account toClose = null;
        lock.lock();
        try {
            if (members.remove(pool) && members.isEmpty()) {
                toClose = account;
                account = null;
            }
        } finally {
            lock.unlock();
        }
        // Outside: the bytes it frees may be granted to others at once.
        if (toClose != null) {
            toClose.close();
        }
    }

    private List<Reclaimer> members() {
        lock.lock();
        try {
            return new ArrayList<>(members);
        } finally {
            lock.unlock();
        }
    }

    /** Another one first each time, so that nobody has always the last word. */
    private List<Reclaimer> inTurn() {
        List<Reclaimer> all = members();
        Collections.rotate(all, turn.incrementAndGet());
        return all;
    }

    @Override
    public boolean reclaimOne() {
        Reclaimer coldest = null;
        long longest = -1;
        for (Reclaimer member : members()) {
            long rested = member.coldestIdleNanos();
            if (rested > longest) {
                longest = rested;
                coldest = member;
            }
        }
        return coldest != null && coldest.reclaimOne();
    }

    @Override
    public boolean reclaimOnReturn() {
        for (Reclaimer member : inTurn()) {
            if (member.reclaimOnReturn()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long coldestIdleNanos() {
        long longest = -1;
        for (Reclaimer member : members()) {
            longest = Math.max(longest, member.coldestIdleNanos());
        }
        return longest;
    }

    @Override
    public void grantAvailable() {
        inTurn().forEach(Reclaimer::grantAvailable);
    }
}
