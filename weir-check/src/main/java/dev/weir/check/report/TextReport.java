package dev.weir.check.report;

import dev.weir.check.Finding;
import dev.weir.check.Report;
import dev.weir.check.Severity;
import java.util.ArrayList;
import java.util.List;

/** A report for people. */
public final class TextReport {

    private TextReport() {}

    /** The lines of a report: the sum first, then the findings, the worst first, then what could not be seen. */
    public static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.target() + ": " + counted(report.pools(), "pool") + ", score " + report.score() + " of 100: "
                + counted(report.count(Severity.ERROR), "error") + ", "
                + counted(report.count(Severity.WARNING), "warning") + ", "
                + counted(report.count(Severity.NOTE), "note"));
        for (Finding finding : report.findings()) {
            lines.add("");
            lines.add(finding.rule().severity() + " " + finding.rule().number() + " "
                    + finding.rule().title());
            lines.add("  where   " + finding.place() + (finding.pool().isEmpty() ? "" : ", pool " + finding.pool()));
            lines.add("  what    " + finding.what());
            lines.add("  why     " + finding.rule().why());
            lines.add("  fix     " + finding.rule().advice());
            if (!finding.line().isEmpty()) {
                lines.add("          " + finding.line());
            }
            lines.add("  source  " + finding.rule().source());
        }
        if (!report.remarks().isEmpty()) {
            lines.add("");
            lines.add("Not seen:");
            report.remarks().forEach(remark -> lines.add("  " + remark));
        }
        return lines;
    }

    private static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
