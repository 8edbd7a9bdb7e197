package dev.weir.pool;

import java.util.List;

/** Settings that cannot work. Lists every problem at once, each with what would mend it. */
public final class InvalidSettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** Takes the problems, each a sentence that names the setting, its value and the mend. */
    public InvalidSettingsException(String subject, List<String> problems) {
        super(subject + " cannot work:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, one sentence each. */
    public List<String> problems() {
        return problems;
    }
}
