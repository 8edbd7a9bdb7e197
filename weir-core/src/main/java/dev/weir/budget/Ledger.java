package dev.weir.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The accounts, the limit, and what follows from them. Guarded by the budget's lock. */
final class Ledger {

    final List<Account> accounts = new ArrayList<>();
    long limit;
    /** Counts demands as they begin, so that the older of two is known. */
    private long demands;
    /** The sum of all grants; negative when it is to be added up anew, for it may have been saturated. */
    private long granted = -1;

    Ledger(long limit) {
        this.limit = limit;
    }

    FairShares shares() {
        return FairShares.of(limit, accounts);
    }

    private FairShares shares(boolean byTurns) {
        return byTurns ? FairShares.byTurns(limit, accounts) : shares();
    }

    /** A grant has changed. */
    void moved() {
        granted = -1;
    }

    /** A request was refused for want of room. */
    void refused(Account account, long bytes) {
        if (account.demand == 0) {
            account.since = ++demands;
        }
        account.demand = bytes;
        account.asked++;
    }

    long floors() {
        long sum = 0;
        for (Account account : accounts) {
            sum = saturatedAdd(sum, account.floor);
        }
        return sum;
    }

    long granted() {
        if (granted < 0) {
            long sum = 0;
            for (Account account : accounts) {
                sum = saturatedAdd(sum, account.granted);
            }
            granted = sum;
        }
        return granted;
    }

    long promised() {
        long sum = 0;
        for (Account account : accounts) {
            sum = saturatedAdd(sum, account.promised());
        }
        return sum;
    }

    /** Bytes promised to nobody; negative while the promises exceed the limit. */
    long free() {
        return limit - promised();
    }

    /** Whether a request that respects the ceiling may be granted. */
    boolean admits(Account account, long bytes) {
        long afterwards = account.granted + bytes;
        long growth = afterwards - account.promised();
        if (growth <= 0) {
            return true;
        }
        long free = free();
        if (growth > free) {
            return false;
        }
        if (!othersWait(account)) {
            return true;
        }
        FairShares shares = sharesIfWanted(account, bytes);
        return afterwards <= shares.of(account) || growth <= free - owed(shares, account);
    }

    /**
     * Of the accounts that were refused, would not be now, and have not been told: the one that holds least for its
     * weight; among equals the one that has waited longest.
     */
    @Nullable Account nextToTell(Set<Account> told) {
        long free = free();
        FairShares shares = null;
        long owed = 0;
        Account next = null;
        for (Account account : accounts) {
            if (account.demand == 0 || told.contains(account) || (next != null && !isBefore(account, next))) {
                continue;
            }
            long growth = account.wanted() - account.promised();
            boolean admitted = growth <= 0;
            if (!admitted && growth <= free) {
                if (shares == null) {
                    shares = shares(true);
                    owed = owed(shares, null);
                }
                long owedToOthers = owed - owedTo(account, shares);
                admitted = account.wanted() <= shares.of(account) || growth <= free - owedToOthers;
            }
            if (admitted) {
                next = account;
            }
        }
        return next;
    }

    private static boolean isBefore(Account account, Account other) {
        int held = FairShares.compareRatios(account.granted, account.weight, other.granted, other.weight);
        return held != 0 ? held < 0 : account.since < other.since;
    }

    /**
     * Who holds more than its fair share while bytes are missing that no called-back connection will bring; the
     * farthest over it, relative to weight, first.
     *
     * @param byTurns whether those who hold nothing have their turn now
     */
    List<Account> debtors(Set<Account> except, boolean byTurns) {
        FairShares shares = shares(byTurns);
        long free = free();
        long missing = free < 0 ? -free : owed(shares, null) - free;
        for (Account account : accounts) {
            missing -= account.returning();
        }
        List<Account> debtors = new ArrayList<>();
        if (missing > 0) {
            for (Account account : accounts) {
                if (excess(account, shares) > 0 && account.mayLoseOne() && !except.contains(account)) {
                    debtors.add(account);
                }
            }
            debtors.sort((a, b) -> FairShares.compareRatios(excess(b, shares), b.weight, excess(a, shares), a.weight));
        }
        return debtors;
    }

    private static long excess(Account account, FairShares shares) {
        return account.granted - account.returning() - shares.of(account);
    }

    /** Those that wait, the longest waiting first. */
    List<Account> waiting() {
        List<Account> waiting = new ArrayList<>();
        for (Account account : accounts) {
            if (account.demand > 0) {
                waiting.add(account);
            }
        }
        waiting.sort(Comparator.comparingLong(account -> account.since));
        return waiting;
    }

    /** What was called back before this and is not here is not counted on any more. */
    void stopCounting() {
        for (Account account : accounts) {
            account.late = account.reclaiming;
        }
    }

    boolean needsSettling() {
        return free() < 0 || othersWait(null);
    }

    private boolean othersWait(@Nullable Account asking) {
        for (Account account : accounts) {
            if (account != asking && account.demand > 0) {
                return true;
            }
        }
        return false;
    }

    /** The shares by turns as they would be if the account wanted so many bytes more. */
    private FairShares sharesIfWanted(Account account, long bytes) {
        long demandBefore = account.demand;
        long sinceBefore = account.since;
        account.demand = bytes;
        account.since = demandBefore > 0 ? sinceBefore : Long.MAX_VALUE;
        FairShares shares = shares(true);
        account.demand = demandBefore;
        account.since = sinceBefore;
        return shares;
    }

    /** What is to be kept for accounts whose demand is within their fair share, {@code asking} aside. */
    private long owed(FairShares shares, @Nullable Account asking) {
        long sum = 0;
        for (Account account : accounts) {
            if (account != asking) {
                sum = saturatedAdd(sum, owedTo(account, shares));
            }
        }
        return sum;
    }

    private static long owedTo(Account account, FairShares shares) {
        boolean due = account.demand > 0 && account.wanted() <= shares.of(account);
        return due ? Math.max(0, account.wanted() - account.promised()) : 0;
    }

    /** Sum of two numbers that are not negative. */
    static long saturatedAdd(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Product of two numbers that are not negative. */
    static long saturatedMultiply(long a, long b) {
        return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
    }
}
