package dev.weir.memory;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What an attached agent runs in its own class loader: one analysis, written to the file that it was told. For the agent. */
public final class AttachedAnalysis {

    /** Somebody waits for the answer, and a busy service gives its processors back sooner. */
    static final WalkBudget BUDGET = new WalkBudget(WalkBudget.DEFAULT.objects(), Duration.ofMillis(1_500));

    private AttachedAnalysis() {}

    /** Analyses, and writes the report, or in words why there is none. */
    public static void run(String file, Instrumentation instrumentation) throws IOException {
        Object answer;
        try {
            answer = ProcessMemoryAnalyzer.builder().budget(BUDGET).build().analyze(new HeapAccess(instrumentation));
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError failure) {
            answer = "the analysis failed in the other process: " + failure;
        }
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(Path.of(file)))) {
            out.writeObject(answer);
        }
    }
}
