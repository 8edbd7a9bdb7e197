package dev.weir.budget;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a limit is shared when there is not enough for everyone: each account has its floor, and what no floor sets
 * aside is poured over the accounts in proportion to their weights, each only up to what it holds and wants (weighted
 * max-min fairness, "water filling"). The shares never add up to more than the limit, and no share is below its floor.
 */
final class FairShares {

    private final Map<Account, Long> shares = new HashMap<>();

    /** Guarded by the budget's lock, like everything it reads. */
    FairShares(long limit, List<Account> accounts) {
        long spare = limit;
        for (Account account : accounts) {
            shares.put(account, account.floor);
            spare -= account.floor;
        }
        List<Account> thirsty = new ArrayList<>(accounts);
        thirsty.removeIf(account -> account.wanted() <= account.floor);
        while (!thirsty.isEmpty() && spare > 0) {
            spare -= pour(spare, thirsty);
        }
    }

    long of(Account account) {
        return shares.getOrDefault(account, 0L);
    }

    /** Satisfies those who want less than their part; once nobody does, everyone gets exactly its part. */
    private long pour(long spare, List<Account> thirsty) {
        long weights = 0;
        for (Account account : thirsty) {
            weights += account.weight;
        }
        long poured = 0;
        List<Account> satisfied = new ArrayList<>();
        for (Account account : thirsty) {
            long want = account.wanted() - account.floor;
            if (want <= part(spare, account.weight, weights)) {
                shares.put(account, account.wanted());
                satisfied.add(account);
                poured += want;
            }
        }
        if (satisfied.isEmpty()) {
            for (Account account : thirsty) {
                shares.put(account, account.floor + part(spare, account.weight, weights));
            }
            thirsty.clear();
            return spare;
        }
        thirsty.removeAll(satisfied);
        return poured;
    }

    private static long part(long whole, int weight, long weights) {
        return BigInteger.valueOf(whole)
                .multiply(BigInteger.valueOf(weight))
                .divide(BigInteger.valueOf(weights))
                .longValueExact();
    }
}
