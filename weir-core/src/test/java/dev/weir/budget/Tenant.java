package dev.weir.budget;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * An owner of an account that keeps books of its own and checks, at each call of the budget, what the budget promises.
 * For one thread.
 */
final class Tenant implements Reclaimer {

    final String name;
    Account account;
    final List<Long> leased = new ArrayList<>();
    /** Coldest first. */
    final Deque<Long> idle = new ArrayDeque<>();

    final List<Long> closing = new ArrayList<>();
    final Deque<Long> wanted = new ArrayDeque<>();
    final List<String> broken = new ArrayList<>();
    boolean closesAtOnce = true;
    boolean endsOnReturn;
    /** So many of those leased, the first ones, end when they come back. */
    int doomed;

    long idleNanos = 1;
    int told;
    int calledBack;

    Tenant(MemoryBudget budget, String name, long floor, int weight, long ceiling) {
        this.name = name;
        this.account = budget.open(name, floor, weight, ceiling, this);
    }

    boolean ask(long bytes) {
        if (account.tryGrant(bytes)) {
            leased.add(bytes);
            return true;
        }
        return false;
    }

    void rest() {
        while (doomed > 0) {
            endOneLeased();
        }
        idle.addAll(leased);
        leased.clear();
    }

    /** The connection lent first comes back. */
    void giveBackOne() {
        if (doomed > 0) {
            endOneLeased();
        } else if (!leased.isEmpty()) {
            idle.add(leased.remove(0));
        }
    }

    void endOneLeased() {
        if (!leased.isEmpty()) {
            long bytes = leased.remove(0);
            doomed = Math.max(0, doomed - 1);
            account.release(bytes);
        }
    }

    void finishClosing() {
        while (!closing.isEmpty()) {
            account.release(closing.remove(0));
        }
    }

    void endAll() {
        wanted.clear();
        rest();
        while (!idle.isEmpty()) {
            account.release(idle.removeFirst());
        }
        finishClosing();
    }

    long held() {
        long sum = 0;
        for (List<Long> some : List.of(leased, new ArrayList<>(idle), closing)) {
            for (long bytes : some) {
                sum += bytes;
            }
        }
        return sum;
    }

    @Override
    public boolean reclaimOne() {
        Long coldest = idle.pollFirst();
        if (coldest == null) {
            return false;
        }
        callBack(coldest);
        if (closesAtOnce) {
            account.release(coldest);
        } else {
            closing.add(coldest);
        }
        return true;
    }

    @Override
    public boolean reclaimOnReturn() {
        if (!endsOnReturn || doomed == leased.size()) {
            return false;
        }
        callBack(leased.get(doomed));
        doomed++;
        return true;
    }

    private void callBack(long bytes) {
        calledBack++;
        AccountSnapshot now = account.snapshot();
        long onTheWay = closing.stream().mapToLong(Long::longValue).sum()
                + leased.stream().limit(doomed).mapToLong(Long::longValue).sum();
        if (now.grantedBytes() - onTheWay - bytes < now.floorBytes()) {
            broken.add(name + " reclaimed below its floor: " + now + ", takes " + bytes + " after " + onTheWay);
        }
    }

    @Override
    public long coldestIdleNanos() {
        return idle.isEmpty() ? -1 : idleNanos;
    }

    @Override
    public void grantAvailable() {
        told++;
        // Taken off before asking: the budget may call back here before it answers.
        Long bytes = wanted.pollFirst();
        if (bytes != null && !ask(bytes)) {
            wanted.addFirst(bytes);
        }
    }
}
