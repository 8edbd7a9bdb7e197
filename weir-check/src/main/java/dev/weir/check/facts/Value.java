package dev.weir.check.facts;

/**
 * A value that is known. Passwords are never among them: of a password only that there is one.
 *
 * @param number milliseconds, bytes or a count; 1 and 0 for true and false
 * @param text as it was written, without secrets
 * @param place where it was said, or where it would be said
 * @param written whether it was said; else it is a documented default
 */
public record Value(long number, String text, Place place, boolean written) {

    /** A number that somebody stated. */
    public static Value of(long number, Place place) {
        return new Value(number, Long.toString(number), place, true);
    }

    /** A text that somebody stated. */
    public static Value of(String text, Place place) {
        return new Value(0, text, place, true);
    }
}
