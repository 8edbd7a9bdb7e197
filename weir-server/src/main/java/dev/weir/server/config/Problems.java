package dev.weir.server.config;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with a file, collected so that one reading names everything. Not thread-safe. */
final class Problems {

    private final List<Problem> found = new ArrayList<>();

    private record Problem(int line, int column, String text) {}

    void add(int line, int column, String text) {
        found.add(new Problem(line, column, text));
    }

    /** Ends the reading, in the order of the file, if anything was found. */
    void throwIfAny(String subject) {
        if (!found.isEmpty()) {
            throw new ConfigException(
                    subject,
                    found.stream()
                            .sorted((a, b) -> a.line != b.line ? Integer.compare(a.line, b.line) : a.column - b.column)
                            .map(problem -> "line " + problem.line + ", column " + problem.column + ": " + problem.text)
                            .toList());
        }
    }
}
