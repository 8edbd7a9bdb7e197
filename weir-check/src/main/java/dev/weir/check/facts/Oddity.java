package dev.weir.check.facts;

/**
 * Something that shows while the settings are read, before any of them is judged.
 *
 * @param about which rule it is a case of
 * @param place where it stands
 * @param what the case, without secrets
 * @param line the line that mends it; empty where there is none
 */
public record Oddity(About about, Place place, String what, String line) {

    /** The rules on what is read. */
    public enum About {
        /** A name that the pool does not know and refuses. */
        NAME_REFUSED,
        /** A name that nobody reads. */
        NAME_IGNORED,
        /** A value that cannot be read. */
        VALUE_UNREADABLE,
        /** A name of Spring Boot 1. */
        NAME_OF_OLD,
        /** A name that stands twice with two values. */
        SAID_TWICE,
        /** A key that stands twice in one mapping of YAML. */
        KEY_TWICE,
        /** Settings for a pool that is not the one in use. */
        OTHER_POOL
    }
}
