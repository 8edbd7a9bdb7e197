package dev.weir.budget;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a limit is shared when there is not enough for everyone: each account has its floor, and what no floor sets
 * aside is poured over the accounts in proportion to their weights, each only up to what it holds and wants (weighted
 * max-min fairness, "water filling"). The shares never add up to more than the limit, and no share is below its floor.
 *
 * <p>Where there are more accounts than connections, such a share is less than a connection and helps nobody. Shares
 * <em>by turns</em> therefore set aside first what those want who hold nothing, the longest waiting first.
 */
final class FairShares {

    /** Who needs least for its weight comes first; then one pass over all fills every share. */
    private static final Comparator<Account> BY_NEED = (a, b) -> compareRatios(need(a), a.weight, need(b), b.weight);

    /** Those that differ from the floor. */
    private final Map<Account, Long> shares = new HashMap<>();

    private long spare;

    private FairShares(long limit, List<Account> accounts) {
        spare = limit;
        for (Account account : accounts) {
            spare -= account.floor;
        }
    }

    /** Guarded by the budget's lock, like everything it reads. */
    static FairShares of(long limit, List<Account> accounts) {
        FairShares shares = new FairShares(limit, accounts);
        shares.pour(accounts);
        return shares;
    }

    /** The shares by turns. */
    static FairShares byTurns(long limit, List<Account> accounts) {
        FairShares shares = new FairShares(limit, accounts);
        shares.setAside(accounts);
        shares.pour(accounts);
        return shares;
    }

    long of(Account account) {
        return shares.getOrDefault(account, account.floor);
    }

    private void setAside(List<Account> accounts) {
        List<Account> waiting = new ArrayList<>();
        for (Account account : accounts) {
            if (account.demand > 0 && account.granted == 0) {
                waiting.add(account);
            }
        }
        waiting.sort(Comparator.comparingLong(account -> account.since));
        for (Account account : waiting) {
            long need = Math.max(0, need(account));
            if (need <= spare) {
                shares.put(account, account.floor + need);
                spare -= need;
            }
        }
    }

    /** Satisfies those who want less than their part; once nobody does, everyone gets exactly its part. */
    private void pour(List<Account> accounts) {
        List<Account> thirsty = new ArrayList<>();
        long weights = 0;
        for (Account account : accounts) {
            if (need(account) > 0 && !shares.containsKey(account)) {
                thirsty.add(account);
                weights += account.weight;
            }
        }
        thirsty.sort(BY_NEED);
        for (Account account : thirsty) {
            long part = part(spare, account.weight, weights);
            long need = need(account);
            if (need <= part) {
                spare -= need;
                weights -= account.weight;
            }
            shares.put(account, account.floor + Math.min(need, part));
        }
    }

    private static long need(Account account) {
        return account.wanted() - account.floor;
    }

    private static long part(long whole, int weight, long weights) {
        if (Math.multiplyHigh(whole, weight) == 0 && whole * weight >= 0) {
            return whole * weight / weights;
        }
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(weight))
                .divide(BigInteger.valueOf(weights))
                .longValueExact();
    }

    /** Compares {@code a / aWeight} with {@code b / bWeight} exactly; the weights are positive. */
    static int compareRatios(long a, int aWeight, long b, int bWeight) {
        int high = Long.compare(Math.multiplyHigh(a, bWeight), Math.multiplyHigh(b, aWeight));
        return high != 0 ? high : Long.compareUnsigned(a * bWeight, b * aWeight);
    }
}
