package dev.weir.dashboard;

import dev.weir.budget.AccountSnapshot;
import dev.weir.budget.MemoryBudget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything at a glance, as it is sent every second.
 *
 * @param at when, in milliseconds since 1970
 * @param process the process
 * @param budget the memory budget
 * @param pools every pool, in the order of registration
 * @param changes grows with every leak, alert, scaling decision or change of settings: what to look at again
 */
record Overview(long at, ProcessView process, Budget budget, List<PoolRow> pools, long changes) {

    /**
     * The memory budget; bytes.
     *
     * @param limitBytes {@code null} without a limit
     * @param grantedBytes granted to all accounts together
     * @param accounts who holds what
     */
    record Budget(@Nullable Long limitBytes, long grantedBytes, List<BudgetAccount> accounts) {

        static Budget of(MemoryBudget budget) {
            return new Budget(
                    limit(budget.limitBytes()),
                    budget.grantedBytes(),
                    budget.accounts().stream().map(BudgetAccount::of).toList());
        }
    }

    /**
     * An account of the budget; bytes.
     *
     * @param name whose it is
     * @param floorBytes set aside for it
     * @param weight its part of what no floor sets aside
     * @param ceilingBytes what it never asks beyond; {@code null}: no such bound
     * @param grantedBytes what it holds
     * @param demandBytes what it was refused and still wants
     * @param fairShareBytes what it would hold if everyone insisted on its due
     * @param lentBytes what it holds beyond its fair share
     * @param refusals how often it was refused for want of room
     * @param reclaims how often it closed a connection for others
     */
    record BudgetAccount(
            String name,
            long floorBytes,
            int weight,
            @Nullable Long ceilingBytes,
            long grantedBytes,
            long demandBytes,
            @Nullable Long fairShareBytes,
            long lentBytes,
            long refusals,
            long reclaims) {

        static BudgetAccount of(AccountSnapshot account) {
            return new BudgetAccount(
                    account.name(),
                    account.floorBytes(),
                    account.weight(),
                    limit(account.ceilingBytes()),
                    account.grantedBytes(),
                    account.demandBytes(),
                    limit(account.fairShareBytes()),
                    Math.max(0, account.grantedBytes() - account.fairShareBytes()),
                    account.refusals(),
                    account.reclaims());
        }
    }

    /** Bytes that mean "no bound" are told as {@code null}. */
    private static @Nullable Long limit(long bytes) {
        return bytes >= Long.MAX_VALUE / 2 ? null : bytes;
    }
}
