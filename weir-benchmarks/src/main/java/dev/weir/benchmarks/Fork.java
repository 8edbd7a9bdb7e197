package dev.weir.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;

/** The main class of a JVM that measures one pool in one row: arguments are row, pool, effort and the file for the figures. */
final class Fork {

    private Fork() {}

    @SuppressWarnings("CatchAndPrintStackTrace") // whoever started this JVM reads it
    public static void main(String[] arguments) {
        int exit = 1;
        try {
            Work work = Row.valueOf(arguments[0]).work();
            if (work == null) {
                throw new IllegalArgumentException(arguments[0] + " is measured by JMH");
            }
            List<Figure> figures = work.measure(new Subject(arguments[1], Effort.valueOf(arguments[2])));
            new ObjectMapper().writeValue(Path.of(arguments[3]).toFile(), figures);
            exit = 0;
        } catch (Exception | LinkageError failed) {
            failed.printStackTrace();
        }
        // Not every pool's threads are daemons, and some of a stuck pool's borrowers never end.
        Runtime.getRuntime().halt(exit);
    }
}
