package dev.weir.memory;

import java.util.List;
import java.util.Locale;

/** A report as text: the owners by column, the server's side first, then the lines that close on the resident set. */
final class ReportTable {

    private static final String ROW = "%-34s %-12s %5s %11s %11s %11s %11s %11s %11s %11s %11s  %s%n";

    private ReportTable() {}

    static String of(MemoryReport report) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "Memory of process %d (%s) at %s%n%n", report.pid(), report.jvm(), report.takenAt()));
        text.append(String.format(
                Locale.ROOT,
                ROW,
                "owner",
                "type",
                "conns",
                "server",
                "heap",
                "in flight",
                "direct",
                "threads",
                "sockets",
                "total",
                "shared",
                "confidence"));
        for (OwnerMemory owner : report.owners()) {
            row(text, owner);
        }
        if (report.owners().isEmpty()) {
            text.append("(no owner found)\n");
        }
        text.append("\n~ estimated, ? not known; total: without shared\n\n");
        for (MemoryLine line : report.process()) {
            text.append(line(line.name(), line.figure()));
        }
        text.append(String.format(Locale.ROOT, "%-44s %11s%n", "= resident set", Bytes.text(report.residentBytes())));
        ContainerLimits container = report.container();
        if (container != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-44s %11s  used %s of it%n",
                    "container limit",
                    container.memoryBytes() == 0 ? "none" : Bytes.text(container.memoryBytes()),
                    Bytes.text(container.usedBytes())));
        }
        AnalysisCost cost = report.cost();
        text.append(String.format(
                Locale.ROOT,
                "%-44s %8.0f ms  %d objects looked at, %s allocated, %s kept%s%n",
                "this analysis",
                cost.millis(),
                cost.objects(),
                cost.allocatedBytes() < 0 ? "?" : Bytes.text(cost.allocatedBytes()),
                Bytes.text(cost.retainedBytes()),
                cost.complete() ? "" : "; cut short by its budget"));
        if (!report.advice().isEmpty()) {
            text.append('\n');
        }
        for (MemoryAdvice advice : report.advice()) {
            text.append("advice: ").append(advice).append('\n');
        }
        notes(text, report.notes());
        return text.toString();
    }

    private static void row(StringBuilder text, OwnerMemory owner) {
        MemoryColumns columns = owner.columns();
        text.append(String.format(
                Locale.ROOT,
                ROW,
                shortened(owner.name()),
                owner.type(),
                owner.connections() == 0 ? "" : owner.connections(),
                cell(columns.serverSide()),
                cell(columns.heapExclusive()),
                cell(columns.inFlight()),
                cell(columns.direct()),
                cell(columns.threads()),
                cell(columns.kernelSockets()),
                Bytes.text(owner.bytes()),
                cell(columns.shared()),
                owner.confidence().name().toLowerCase(Locale.ROOT)));
    }

    private static String line(String name, MemoryFigure figure) {
        return String.format(Locale.ROOT, "%-44s %11s  %s%n", name, cell(figure), figure.how());
    }

    private static void notes(StringBuilder text, List<String> notes) {
        if (!notes.isEmpty()) {
            text.append('\n');
        }
        for (String note : notes) {
            text.append("note: ").append(note).append('\n');
        }
    }

    private static String cell(MemoryFigure figure) {
        return switch (figure.basis()) {
            case UNKNOWN -> "?";
            case ESTIMATED -> "~" + Bytes.text(figure.bytes());
            case MEASURED -> figure.bytes() == 0 ? "-" : Bytes.text(figure.bytes());
        };
    }

    private static String shortened(String name) {
        return name.length() <= 34 ? name : name.substring(0, 33) + "…";
    }
}
