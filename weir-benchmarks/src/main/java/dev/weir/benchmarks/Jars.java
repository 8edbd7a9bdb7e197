package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contenders;
import java.io.File;
import java.net.URISyntaxException;
import java.util.List;

/** The jars that pools come in. */
final class Jars {

    private Jars() {}

    /** What a pool and what it needs weigh, where it runs from jars. */
    static List<Figure> figures(String pool) {
        List<Class<?>> jars = Contenders.of(pool).jars();
        long bytes = 0;
        for (Class<?> type : jars) {
            File jar = of(type);
            if (!jar.isFile()) {
                return List.of();
            }
            bytes += jar.length();
        }
        int own = pool.equals(Contenders.WEIR) ? jars.size() : 1;
        return List.of(
                Figure.of(Row.FOOTPRINT, "jars", pool, "size", bytes / 1024.0, "KiB"),
                Figure.of(Row.FOOTPRINT, "jars", pool, "dependencies", jars.size() - own, ""));
    }

    /** The jar of a class, or the directory of its class files. */
    static File of(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String nameOf(String pool) {
        File jar = of(Contenders.of(pool).jars().get(0));
        return jar.isFile() ? jar.getName().replaceFirst("\\.jar$", "") : "as built";
    }
}
