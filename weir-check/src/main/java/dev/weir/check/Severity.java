package dev.weir.check;

/** How bad a finding is. */
public enum Severity {
    /** It fails, contradicts itself, or loses or publishes data. */
    ERROR(15),
    /** It hurts in a situation that will come. */
    WARNING(5),
    /** Worth to be known. */
    NOTE(1);

    private final int points;

    Severity(int points) {
        this.points = points;
    }

    /** What a rule that fires takes off the score. */
    int points() {
        return points;
    }
}
