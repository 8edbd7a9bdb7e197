package dev.weir.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The main class of a JVM that measures one pool: arguments are the pool, the effort, the file for the figures and the
 * pieces to measure. It writes a line for each piece as soon as it is done.
 */
final class Fork {

    private Fork() {}

    @SuppressWarnings("CatchAndPrintStackTrace") // whoever started this JVM reads it
    public static void main(String[] arguments) {
        int exit = 1;
        try {
            ObjectMapper mapper = new ObjectMapper();
            for (int i = 3; i < arguments.length; i++) {
                Piece piece = Piece.parse(arguments[i]);
                Subject subject = new Subject(piece.row(), arguments[0], Effort.valueOf(arguments[1]), piece.variant());
                List<Figure> figures = piece.row().work().measure(subject);
                Files.writeString(
                        Path.of(arguments[2]),
                        mapper.writeValueAsString(figures) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
            exit = 0;
        } catch (Exception | LinkageError failed) {
            failed.printStackTrace();
        }
        // Not every pool's threads are daemons, and some of a stuck pool's borrowers never end.
        Runtime.getRuntime().halt(exit);
    }
}
