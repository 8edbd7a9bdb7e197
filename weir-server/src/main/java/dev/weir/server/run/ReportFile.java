package dev.weir.server.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** Writes a report. A reader finds the old file or the whole new one, never a part. */
public final class ReportFile {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path file;

    /** Takes the file's path, relative to the working directory. */
    public ReportFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Where the report goes. */
    public Path path() {
        return file;
    }

    /**
     * Makes sure that the file can be written, before work is done that would be lost.
     *
     * @throws IOException if it cannot, saying why
     */
    public void prepare() throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory: name a file in it");
        }
        Path parent = parent();
        if (!Files.isDirectory(parent)) {
            throw new IOException("the directory " + parent + " does not exist: make it, or name another");
        }
        if (!Files.isWritable(parent)) {
            throw new IOException("the directory " + parent + " cannot be written to: name another");
        }
    }

    /** Writes the report. */
    public void write(RunReport report) throws IOException {
        write(text(report));
    }

    /** Writes a text that is a report already. */
    public void write(String text) throws IOException {
        Path draft = parent().resolve(
                        "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(draft, text);
            try {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException elsewhere) {
                Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    static String text(RunReport report) throws JsonProcessingException {
        return JSON.writeValueAsString(report) + "\n";
    }

    private Path parent() {
        return Objects.requireNonNullElse(file.getParent(), Path.of("/"));
    }
}
