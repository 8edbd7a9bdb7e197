package dev.weir.benchmarks.socketio;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;

/** The JVM of the load: {@code ROW SIZE PORT PID FILE}. */
final class LoadMain {

    private LoadMain() {}

    /** Puts the load on, and writes the figures to the file. */
    public static void main(String[] arguments) throws Exception {
        Target target = new Target(Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]));
        List<Figure> figures;
        try (Crowd crowd = new Crowd(target.port())) {
            figures = Row.valueOf(arguments[0]).load().put(target, crowd, Size.valueOf(arguments[1]));
        }
        new ObjectMapper().writeValue(Path.of(arguments[4]).toFile(), figures);
    }
}
