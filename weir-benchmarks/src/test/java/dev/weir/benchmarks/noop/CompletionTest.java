package dev.weir.benchmarks.noop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

    private static final int JAVA_17 = 61;

    @TempDir
    Path directory;

    @Test
    void writesClassesThatTheOldestJvmMeasuredCanRead() throws IOException {
        Completion.write(directory);
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> classes =
                    all.filter(file -> file.toString().endsWith(".class")).toList();
            assertThat(classes).hasSize(4);
            for (Path one : classes) {
                try (DataInputStream in = new DataInputStream(Files.newInputStream(one))) {
                    in.skipNBytes(6); // magic number and minor version
                    assertThat(in.readUnsignedShort()).as(one.toString()).isEqualTo(JAVA_17);
                }
            }
        }
    }
}
