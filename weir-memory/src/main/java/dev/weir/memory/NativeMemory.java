package dev.weir.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the summary of the JVM's native memory tracking, the Java heap left out. */
final class NativeMemory {

    private static final Pattern CATEGORY =
            Pattern.compile("^-\\s*(.+?)\\s*\\(reserved=\\d+KB, committed=(\\d+)KB", Pattern.MULTILINE);

    private NativeMemory() {}

    /** A line for each category that has memory; none where tracking is off. */
    static List<MemoryLine> lines(String summary) {
        List<MemoryLine> lines = new ArrayList<>();
        Matcher matcher = CATEGORY.matcher(summary);
        while (matcher.find()) {
            long bytes = Long.parseLong(matcher.group(2)) * 1024;
            if (bytes > 0 && !matcher.group(1).equals("Java Heap")) {
                lines.add(new MemoryLine(
                        "JVM: " + matcher.group(1),
                        MemoryFigure.measured(bytes, "committed, by native memory tracking")));
            }
        }
        return lines;
    }
}
