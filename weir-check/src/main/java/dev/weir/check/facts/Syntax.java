package dev.weir.check.facts;

/** How a line is written where the settings came from. */
public enum Syntax {
    /** {@code key=value}. */
    PROPERTIES,
    /** {@code prefix.kebab-key=value}. */
    SPRING_PROPERTIES,
    /** {@code prefix.kebab-key: value}; Spring Boot reads dotted keys in YAML too. */
    SPRING_YAML,
    /** {@code key: value}. */
    YAML;

    /** The line that sets a key under a prefix. */
    public String line(String prefix, String key, String value) {
        return switch (this) {
            case PROPERTIES -> prefix + key + "=" + value;
            case SPRING_PROPERTIES -> prefix + Names.kebab(key) + "=" + value;
            case SPRING_YAML -> prefix + Names.kebab(key) + ": " + value;
            case YAML -> key + ": " + value;
        };
    }
}
