package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads Prometheus' text and expressions with parsers that are not ours, in Node.js. */
final class PrometheusReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    private PrometheusReader(Path directory) {
        this.directory = directory;
    }

    /** Installs the parsers, unless they are there from an earlier run. */
    static PrometheusReader installed() throws IOException, InterruptedException {
        Path sources = Path.of("src", "test", "js");
        Path directory = Files.createDirectories(Path.of("target", "prometheus-reader"));
        for (String file : List.of("package.json", "package-lock.json", "reader.mjs")) {
            Files.copy(sources.resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        PrometheusReader reader = new PrometheusReader(directory);
        if (!Files.isDirectory(directory.resolve("node_modules"))) {
            reader.run("", "npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
        }
        return reader;
    }

    /** What is in a text, and what expressions ask for; fails where either cannot be read. */
    JsonNode read(String text, List<String> expressions) throws IOException, InterruptedException {
        String asked = JSON.writeValueAsString(Map.of("text", text, "expressions", expressions));
        return JSON.readTree(run(asked, "node", "reader.mjs"));
    }

    private String run(String input, String... command) throws IOException, InterruptedException {
        Path in = Files.writeString(directory.resolve("input"), input);
        Path out = directory.resolve("output");
        Path err = directory.resolve("errors");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("%s: %s", List.of(command), Files.readString(err))
                .isZero();
        return Files.readString(out);
    }
}
