package dev.weir.check;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a check found.
 *
 * @param target what was checked
 * @param pools how many pools were seen
 * @param findings the worst first
 * @param remarks what could not be seen
 */
public record Report(String target, int pools, List<Finding> findings, List<String> remarks) {

    private static final int FULL = 100;

    /** Sorts the findings by severity, then by place. */
    public Report {
        findings = findings.stream()
                .sorted(Comparator.comparing((Finding finding) -> finding.rule().severity())
                        .thenComparing(finding -> finding.place().source())
                        .thenComparing(finding -> finding.place().line())
                        .thenComparing(finding -> finding.rule().number()))
                .toList();
        remarks = List.copyOf(remarks);
    }

    /**
     * 100, less 15 for each rule of severity error that fires, 5 for each warning and 1 for each note, however often it fires; not
     * below 0.
     */
    public int score() {
        int lost = findings.stream().map(Finding::rule).collect(Collectors.toSet()).stream()
                .mapToInt(rule -> rule.severity().points())
                .sum();
        return Math.max(0, FULL - lost);
    }

    /** The worst severity among the findings; empty when there are none. */
    public Optional<Severity> worst() {
        return findings.stream().map(finding -> finding.rule().severity()).min(Comparator.naturalOrder());
    }

    /** How many findings are of a severity. */
    public long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.rule().severity() == severity)
                .count();
    }
}
