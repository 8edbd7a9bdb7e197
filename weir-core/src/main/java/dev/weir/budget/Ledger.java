package dev.weir.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The accounts, the limit, and what follows from them. Guarded by the budget's lock. */
final class Ledger {

    final List<Account> accounts = new ArrayList<>();
    long limit;

    Ledger(long limit) {
        this.limit = limit;
    }

    FairShares shares() {
        return new FairShares(limit, accounts);
    }

    long floors() {
        long sum = 0;
        for (Account account : accounts) {
            sum = saturatedAdd(sum, account.floor);
        }
        return sum;
    }

    long granted() {
        long sum = 0;
        for (Account account : accounts) {
            sum = saturatedAdd(sum, account.granted);
        }
        return sum;
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

    /** An account that was refused, would not be now, and has not been told. */
    @Nullable Account nextToTell(Set<Account> told) {
        for (Account account : accounts) {
            if (account.demand > 0 && !told.contains(account) && admits(account, account.demand)) {
                return account;
            }
        }
        return null;
    }

    /** Who holds more than its fair share while bytes are missing that no called-back connection will bring. */
    List<Account> debtors(Set<Account> dry) {
        FairShares shares = shares();
        long free = free();
        long missing = free < 0 ? -free : owed(shares, null) - free;
        for (Account account : accounts) {
            missing -= account.returning();
        }
        List<Account> debtors = new ArrayList<>();
        if (missing > 0) {
            for (Account account : accounts) {
                boolean over = account.granted - account.returning() > shares.of(account);
                if (over && account.mayLoseOne() && !dry.contains(account)) {
                    debtors.add(account);
                }
            }
        }
        return debtors;
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

    /** The shares as they would be if the account wanted so many bytes more. */
    private FairShares sharesIfWanted(Account account, long bytes) {
        long before = account.demand;
        account.demand = bytes;
        FairShares shares = shares();
        account.demand = before;
        return shares;
    }

    /** What is to be kept for accounts whose demand is within their fair share, {@code asking} aside. */
    private long owed(FairShares shares, @Nullable Account asking) {
        long sum = 0;
        for (Account account : accounts) {
            if (account != asking && account.demand > 0 && account.wanted() <= shares.of(account)) {
                sum = saturatedAdd(sum, Math.max(0, account.wanted() - account.promised()));
            }
        }
        return sum;
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
