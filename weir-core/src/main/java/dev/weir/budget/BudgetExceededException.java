package dev.weir.budget;

/** A promise that the budget cannot make: a floor that does not fit, or a limit below the floors. */
public final class BudgetExceededException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    BudgetExceededException(String message) {
        super(message);
    }
}
