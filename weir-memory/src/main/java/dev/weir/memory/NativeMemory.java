package dev.weir.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the summary of the JVM's native memory tracking. */
final class NativeMemory {

    private static final Pattern CATEGORY =
            Pattern.compile("^-\\s*(.+?)\\s*\\(reserved=\\d+KB, committed=(\\d+)KB", Pattern.MULTILINE);

    private static final Pattern MAPPED = Pattern.compile("\\(mmap: reserved=\\d+KB, committed=(\\d+)KB");
    private static final Pattern STACKS = Pattern.compile("\\(stack: reserved=\\d+KB, committed=(\\d+)KB");

    private NativeMemory() {}

    /**
     * What the JVM uses for one purpose.
     *
     * @param name such as {@code GC}
     * @param allocatedBytes what it took from the C library's allocator, and its own account of that
     * @param mappedBytes what it mapped and committed, of which some may never have been touched; stacks among it
     */
    record Category(String name, long allocatedBytes, long mappedBytes) {}

    /** Every category that has memory; none where tracking is off. */
    static List<Category> categories(String summary) {
        List<Category> categories = new ArrayList<>();
        Matcher matcher = CATEGORY.matcher(summary);
        List<Integer> begins = new ArrayList<>();
        while (matcher.find()) {
            begins.add(matcher.start());
        }
        for (int i = 0; i < begins.size(); i++) {
            int end = i + 1 < begins.size() ? begins.get(i + 1) : summary.length();
            String text = summary.substring(begins.get(i), end);
            matcher.reset(text);
            if (matcher.find()) {
                long committed = Long.parseLong(matcher.group(2)) * 1024;
                long mapped = Math.min(committed, sum(MAPPED, text) + sum(STACKS, text));
                if (committed > 0) {
                    categories.add(new Category(matcher.group(1), committed - mapped, mapped));
                }
            }
        }
        return categories;
    }

    private static long sum(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .mapToLong(one -> Long.parseLong(one.group(1)) * 1024)
                .sum();
    }
}
