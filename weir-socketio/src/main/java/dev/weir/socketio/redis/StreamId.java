package dev.weir.socketio.redis;

import org.jspecify.annotations.Nullable;

/** The id of a stream's entry: a time and a number within it. */
record StreamId(long millis, long sequence) implements Comparable<StreamId> {

    /** Before all entries. */
    static final StreamId ZERO = new StreamId(0, 0);

    private static final int LONGEST = 41;

    /** Reads {@code 1700000000000-0}; {@code null} if it is anything else. */
    static @Nullable StreamId parse(@Nullable String text) {
        if (text == null || text.length() > LONGEST) {
            return null;
        }
        int dash = text.indexOf('-');
        if (dash <= 0 || !areDigits(text, 0, dash) || !areDigits(text, dash + 1, text.length())) {
            return null;
        }
        try {
            return new StreamId(
                    Long.parseUnsignedLong(text.substring(0, dash)), Long.parseUnsignedLong(text.substring(dash + 1)));
        } catch (NumberFormatException tooLarge) {
            return null;
        }
    }

    private static boolean areDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }

    @Override
    public int compareTo(StreamId other) {
        int byTime = Long.compareUnsigned(millis, other.millis);
        return byTime != 0 ? byTime : Long.compareUnsigned(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
    }
}
