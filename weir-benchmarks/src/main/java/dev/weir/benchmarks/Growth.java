package dev.weir.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How many bytes and threads come with each of some things alike, when equal lots of them are made one after the other. The
 * JVM counts live objects by class, exactly and after a collection; of each class the median growth over the lots counts, so
 * that a cache that was filled meanwhile, or a table that was doubled once, does not.
 */
final class Growth {

    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    private final int lot;
    private final Predicate<String> leftOut;
    /** In files: here they would be live, and grow. */
    private final List<Path> looks = new ArrayList<>();

    private final List<Integer> threads = new ArrayList<>();

    /**
     * Of lots of this size.
     *
     * @param leftOut classes that do not count
     */
    Growth(int lot, Predicate<String> leftOut) {
        this.lot = lot;
        this.leftOut = leftOut;
    }

    /** Counts what is live now; to be called before the first lot and after each. */
    void look() throws JMException, IOException {
        threads.add(FootprintWork.threads());
        Path file = Files.createTempFile("weir-bench-look", ".txt");
        file.toFile().deleteOnExit();
        looks.add(file);
        Files.writeString(file, histogram());
    }

    /** Bytes that came with each thing; the looks are over. */
    double bytesEach() throws IOException {
        List<Map<String, Long>> bytes = new ArrayList<>();
        Set<String> types = new HashSet<>();
        for (Path look : looks) {
            bytes.add(bytesByClass(Files.readString(look)));
            Files.delete(look);
        }
        looks.clear();
        bytes.forEach(look -> types.addAll(look.keySet()));
        double each = 0;
        for (String type : types) {
            if (!leftOut.test(type)) {
                double[] grown = new double[bytes.size() - 1];
                for (int i = 0; i < grown.length; i++) {
                    grown[i] = bytes.get(i + 1).getOrDefault(type, 0L)
                            - bytes.get(i).getOrDefault(type, 0L);
                }
                each += Medians.medianOf(grown) / lot;
            }
        }
        return each;
    }

    /** Threads that came with each thing. */
    double threadsEach() {
        double[] grown = new double[threads.size() - 1];
        for (int i = 0; i < grown.length; i++) {
            grown[i] = threads.get(i + 1) - threads.get(i);
        }
        return Medians.medianOf(grown) / lot;
    }

    private static String histogram() throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
    }

    private static Map<String, Long> bytesByClass(String histogram) {
        Map<String, Long> bytes = new HashMap<>();
        for (String line : histogram.split("\n", -1)) {
            Matcher row = LINE.matcher(line);
            if (row.matches()) {
                bytes.merge(row.group(2), Long.parseLong(row.group(1)), Long::sum);
            }
        }
        return bytes;
    }
}
