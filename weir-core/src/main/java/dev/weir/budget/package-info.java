/**
 * One memory limit over every pool of a process. A {@link dev.weir.budget.MemoryBudget} keeps an
 * {@link dev.weir.budget.Account} for each pool, with a floor that is set aside for it, a weight that says how much of
 * the rest it may claim when others want it too, and a ceiling. Growth that does not fit is refused and remembered;
 * then whoever holds more than its fair share is asked to close its coldest idle connections, or to end one that is at
 * work as it comes back. Where a fair share is less than a connection, accounts take turns.
 */
@NullMarked
package dev.weir.budget;

import org.jspecify.annotations.NullMarked;
