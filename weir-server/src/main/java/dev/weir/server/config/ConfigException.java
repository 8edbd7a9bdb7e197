package dev.weir.server.config;

import java.util.List;

/** A configuration that cannot be run. Lists every problem, each with its place and what mends it. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** Takes what was read and the problems found in it. */
    public ConfigException(String subject, List<String> problems) {
        super(subject + " cannot be used:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, a sentence each. */
    public List<String> problems() {
        return problems;
    }
}
