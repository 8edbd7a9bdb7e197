package dev.weir.check.facts;

/**
 * Where something was said.
 *
 * @param source a file, a process, a server, or the option of the command line
 * @param line counted from 1; 0 where there are no lines
 * @param key the name that stands there; empty for the source as a whole
 */
public record Place(String source, int line, String key) {

    /** The source as a whole. */
    public static Place of(String source) {
        return new Place(source, 0, "");
    }

    /** The same place for another name. */
    public Place withKey(String other) {
        return new Place(source, line, other);
    }

    /** As compilers write it: {@code file:line (key)}. */
    @Override
    public String toString() {
        return source + (line > 0 ? ":" + line : "") + (key.isEmpty() ? "" : " (" + key + ")");
    }
}
